import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readIntegers, readText, request, takeMessage, text, word } from './wire.js';

test('a message is taken once it is whole, and what follows is kept', () => {
  const bytes = Buffer.concat([request(1, word(7n), text('10.0.0.1:9001')), Buffer.from([9])]);
  assert.equal(takeMessage(bytes.subarray(0, 12)), undefined);
  const taken = takeMessage(bytes)!;
  assert.equal(taken.message.type, 1);
  assert.deepEqual(readText(taken.message.body, 8), { value: '10.0.0.1:9001', next: 24 });
  assert.deepEqual([...taken.rest], [9]);
});

test('a text of seven letters fills one word, one of eight two', () => {
  assert.equal(text('1234567').length, 8);
  assert.equal(text('12345678').length, 16);
});

test('the integers of a result', () => {
  const done = word(0xffffffffffffffffn);
  const body = Buffer.concat([word(1n), text('n'), word(1n), word(900n), word(1n), word(2n), done]);
  assert.deepEqual(readIntegers(body), [900n, 2n]);
  assert.throws(() => readIntegers(Buffer.concat([word(2n), text('a'), text('b'), done])), /one column/);
});
