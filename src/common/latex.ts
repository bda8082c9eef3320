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
  '"': '\\textquotedbl{}',
  '×': '\\ensuremath{\\times}',
  '≤': '\\ensuremath{\\leq}',
  '≥': '\\ensuremath{\\geq}',
  '−': '\\ensuremath{-}',
  '–': '--',
  '’': "'",
  '…': '\\ldots{}',
  '\u2009': '\\,',
  '\u00a0': '~',
  '\n': ' ',
};

/** Plain text as LaTeX that shows the same. */
export function escapeLatex(text: string): string {
  return Array.from(text, (character) => LATEX[character] ?? character).join('');
}
