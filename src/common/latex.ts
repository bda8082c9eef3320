import { unbroken } from './unbroken.js';

const LATEX: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '"': "''",
  '×': '\\ensuremath{\\times}',
  '≤': '\\ensuremath{\\leq}',
  '≥': '\\ensuremath{\\geq}',
  '−': '\\ensuremath{-}',
  '–': '--',
  '’': "'",
  '…': '\\ldots{}',
  '\u2009': '\\,',
  '\u202f': '\\,',
  '\u00a0': '~',
  '\n': ' ',
};

/** Plain text as LaTeX that shows the same; no line breaks between a number and its unit. */
export function escapeLatex(text: string): string {
  return Array.from(unbroken(text), (character) => LATEX[character] ?? character).join('');
}
