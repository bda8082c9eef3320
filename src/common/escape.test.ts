import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeHtml } from './html.js';
import { escapeLatex } from './latex.js';

test('every character that LaTeX reads as a command is escaped', () => {
  assert.equal(
    escapeLatex('50 % of a_b & $x #1 {~^}\\'),
    '50~\\% of a\\_b \\& \\$x \\#1 \\{\\textasciitilde{}\\textasciicircum{}\\}\\textbackslash{}',
  );
  assert.equal(escapeLatex('× 2–3 < 4'), '\\ensuremath{\\times}~2--3 \\textless{}~4');
  assert.equal(escapeLatex('plain words, 1.5 ms.'), 'plain words, 1.5~ms.');
});

test('text stays text in HTML, in attributes too', () => {
  assert.equal(
    escapeHtml(`<script>"a" & 'b'</script>`),
    '&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;',
  );
});
