import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../common/errors.js';
import { START_NS } from '../testing/made-up-runs.js';
import { type ParsedFile, ResultsParser } from './results-file.js';
import { resultsText } from './results-text.js';

interface Read extends ParsedFile {
  text: string;
}

/** Parses `bytes`, given in pieces that end at `cuts`, and prints again what was read. */
function read(bytes: Uint8Array, cuts: readonly number[] = []): Read {
  const measurements: [bigint, bigint][] = [];
  const errors: [bigint, string][] = [];
  const parser = new ResultsParser('file', (block) => {
    for (let i = 0; i < block.rows; i++) {
      const start = block.base + BigInt(block.starts[i]!);
      if (block.latencies) measurements.push([start, BigInt(block.latencies[i]!)]);
      else errors.push([start, block.errors!.messages[block.errors!.message[i]!]!]);
    }
  });
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut < from) continue;
    const piece = bytes.slice(from, cut);
    from += parser.push(piece, piece.length);
  }
  return { ...parser.end(bytes.length - from), text: resultsText({ measurements, errors }) };
}

const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words));
const GOOD = `n 2
n_err 1
avg [ms] 4.163800
max [ms] 5.004400
min [ms] 3.323200
measurements [timestamp in ns] [ms]
1651335639619009100 5.004400
1651335639628499400 3.323200

errors
1651335639600344400 database is locked

`;

test('a results file is read, and can be printed again byte for byte', () => {
  const result = read(text(GOOD));
  assert.equal(result.text, GOOD);
  assert.deepEqual([result.lines, result.linesKept, result.linesLayout, result.linesCut], [12, 3, 9, 0]);
  assert.equal(result.complete, true);
  assert.equal(result.first, 1651335639600344400n);
});

test('latencies of any length keep every nanosecond', () => {
  const latencies = [1n, 999_999n, 1_000_000n, 99_999_999n, 1_234_567_890n, 16_500_000_000_123n];
  const measurements = latencies.map((latency, i) => [START_NS + BigInt(i), latency] as const);
  const written = resultsText({ measurements, errors: [] });
  assert.equal(read(text(written)).text, written);
});

test('a message of several lines is kept whole, also in pieces and at the end of a block', () => {
  const errors = Array.from({ length: 65_537 }, (_, i) => {
    return [START_NS + BigInt(i), i % 65_535 === 0 ? 'no leader:\n  10.0.0.1: EOF\n  x' : 'EOF'] as const;
  });
  const written = resultsText({ measurements: [], errors });
  const result = read(text(written), [200, 250, 251]);
  assert.equal(result.text, written);
  assert.deepEqual([result.errors, result.linesKept, result.linesLayout], [65_537, 65_541, 9]);
  const more = written.replace('  x\n', `${START_NS} x\n`);
  assert.throws(() => read(text(more)), /line 2: the header says n_err is 65537, but the lines give 65538/);
});

const wrong: Record<string, [change: (good: string) => string, message: RegExp]> = {
  'letters in a start': [
    (t) => t.replace('1651335639628499400', '165133563962849x400'),
    /^file, line 8: a measurement.*165133563962849x400/,
  ],
  'letters in a latency': [(t) => t.replace('3.323200\n\n', '3.3e3200\n\n'), /^file, line 8: a measurement/],
  'too few decimals': [(t) => t.replace('3.323200\n\n', '3.3232\n\n'), /line 8/],
  'a leading zero': [(t) => t.replace('00 3.323200', '00 03.323200'), /line 8/],
  'a negative latency': [(t) => t.replace('00 3.323200', '00 -3.323200'), /line 8/],
  'a huge latency': [(t) => t.replace('00 3.323200', '00 99999999999.323200'), /line 8/],
  'a time in another century': [
    (t) => t.replace('1651335639628499400', '9651335639628499400'),
    /line 8: a time/,
  ],
  'a wrong n': [(t) => t.replace('n 2', 'n 3'), /line 1: the header says n is 3, but the lines give 2/],
  'a wrong n_err': [(t) => t.replace('n_err 1', 'n_err 0'), /line 2: the header says n_err is 0/],
  'a wrong average': [(t) => t.replace('4.163800', '4.163801'), /line 3: the header says avg/],
  'a wrong maximum': [(t) => t.replace('max [ms] 5.0044', 'max [ms] 5.0045'), /line 4: the header says max/],
  'a wrong minimum': [(t) => t.replace('min [ms] 3.3232', 'min [ms] 3.3231'), /line 5: the header says min/],
  'another header': [(t) => t.replace('avg [ms]', 'mean [ms]'), /line 3: the header: expected "avg \[ms\]"/],
  'a huge count': [(t) => t.replace('n 2', 'n 99999999999999999999'), /line 1: the header/],
  CRLF: [(t) => t.replaceAll('\n', '\r\n'), /line 1: a line that ends in CRLF/],
  'CRLF in the middle': [
    (t) => t.replace('5.004400\n1', '5.004400\r\n1'),
    /line 7: a line that ends in CRLF/,
  ],
  'text after the end': [(t) => `${t}n 1\n`, /line 13: a line: expected the end of the file, received "n 1"/],
  'an error without a time': [(t) => t.replace('1651335639600344400 ', ''), /line 11: an error/],
  'a control character': [(t) => t.replace('is locked', 'is\u0000locked'), /line 11: an error’s message/],
};

for (const [name, [change, message]] of Object.entries(wrong)) {
  test(`${name}: refused, with the place`, () => {
    assert.throws(
      () => read(text(change(GOOD))),
      (error: Error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test('a clock that was set back is counted, with the worst place, and the order is kept', () => {
  const measurements = [0n, 50n, 20n, 30n, 25n].map((at) => [START_NS + at, 7n] as const);
  const written = resultsText({ measurements, errors: [] });
  const result = read(text(written));
  assert.deepEqual(result.clock, { count: 2, most: 30, line: 9 });
  assert.equal(result.text, written);
});

const time = fc.bigInt({ min: 0n, max: 3_600_000_000_000n }).map((ns) => START_NS + ns);
const latency = fc.oneof(
  fc.bigInt({ min: 0n, max: 3_000_000n }),
  fc.bigInt({ min: 0n, max: 20_000_000_000n }),
);
const message = fc.oneof(
  fc.constant('database is locked'),
  fc.string({ unit: 'grapheme', maxLength: 40 }).filter((words) => [...words].every((c) => c >= ' ')),
);
const results = fc
  .record({
    measurements: fc.array(fc.tuple(time, latency), { maxLength: 12 }),
    errors: fc.array(fc.tuple(time, message), { maxLength: 6 }),
  })
  .map(resultsText);
const cuts = fc.array(fc.nat(2000), { maxLength: 6 }).map((list) => list.sort((a, b) => a - b));

test('property: whatever was measured is printed again byte for byte, in whatever pieces it was read', () => {
  fc.assert(
    fc.property(results, cuts, (written, places) => {
      const result = read(text(written), places);
      assert.equal(result.text, written);
      assert.equal(result.lines, written.split('\n').length - 1);
      assert.equal(result.lines, result.linesKept + result.linesLayout + result.linesCut);
    }),
    { numRuns: 3000 },
  );
});

test('property: cut at any byte, a file is never complete, and its lines still add up', () => {
  fc.assert(
    fc.property(results, fc.nat(), (written, place) => {
      const bytes = text(written);
      const cut = bytes.slice(0, place % bytes.length);
      const result = read(cut);
      assert.equal(result.complete, false);
      assert.equal(result.lines, result.linesKept + result.linesLayout + result.linesCut);
      assert.ok(result.linesKept <= written.split('\n').length);
    }),
    { numRuns: 3000 },
  );
});

test('property: with a byte changed, a file is refused with its place, or differs only where no check can reach', () => {
  fc.assert(
    fc.property(results, fc.nat(), fc.integer({ min: 0, max: 255 }), (written, place, byte) => {
      const bytes = text(written);
      bytes[place % bytes.length] = byte;
      try {
        const result = read(bytes);
        // a start, a message, or a cut: what was read is exactly what is there
        if (result.complete) assert.deepEqual(text(result.text), bytes);
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
        assert.match(error.message, /^file, line \d+: /);
      }
    }),
    { numRuns: 4000 },
  );
});
