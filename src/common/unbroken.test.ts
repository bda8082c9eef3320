import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeLatex } from './latex.js';
import { unbroken } from './unbroken.js';

const shown = (text: string) => unbroken(text).replaceAll('\u00a0', '~');

test('a number keeps its unit, and a sign its number', () => {
  assert.equal(
    shown('a 95 % interval of 0.25 to 10.5 s, ≥ 3 ms, × 1.2'),
    'a 95~% interval of 0.25 to 10.5~s, ≥~3~ms, ×~1.2',
  );
  assert.equal(shown('at 100 kB/s, 50 MB, 0.5 CPU and 2 cores'), 'at 100~kB/s, 50~MB, 0.5~CPU and 2~cores');
});

test('words that begin like a unit stay free to break', () => {
  assert.equal(shown('3 servers, 7 samples, 2 minutes, 4 MBean'), '3 servers, 7 samples, 2 minutes, 4 MBean');
});

test('in LaTeX a number keeps its unit too', () => {
  assert.equal(escapeLatex('95 % in 3 s'), '95~\\% in 3~s');
});
