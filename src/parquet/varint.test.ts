import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeVarint, writeZigzag } from './varint.js';

/** Reads seven bits a byte, the lowest first, and how many bytes they took. */
function read(bytes: Uint8Array): [bigint, number] {
  let value = 0n;
  for (let i = 0; ; i++) {
    value |= BigInt(bytes[i]! & 127) << BigInt(7 * i);
    if (bytes[i]! < 128) return [value, i + 1];
  }
}

const unsigned = fc.oneof(fc.nat(300), fc.maxSafeInteger().map(Math.abs), fc.bigInt(0n, 2n ** 64n - 1n));
const signed = fc.oneof(fc.integer(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n));

test('property: any whole number is read back, in an array of any kind', () => {
  fc.assert(
    fc.property(unsigned, (value) => {
      const out = new Uint8Array(12);
      const end = writeVarint(out, 1, value);
      assert.deepEqual(read(out.subarray(1)), [BigInt(value), end - 1]);
      const grown = [9];
      writeVarint(grown, grown.length, value);
      assert.deepEqual(grown.slice(1), [...out.subarray(1, end)]);
    }),
  );
});

test('property: a zigzag is twice the number, or twice its distance below -1 and one more', () => {
  fc.assert(
    fc.property(signed, (value) => {
      const out = new Uint8Array(12);
      writeZigzag(out, 0, value);
      const zigzag = read(out)[0];
      assert.equal(zigzag & 1n ? -(zigzag >> 1n) - 1n : zigzag >> 1n, BigInt(value));
    }),
  );
});
