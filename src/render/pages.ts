import { escapeHtml } from '../common/html.js';
import { escapeLatex } from '../common/latex.js';
import type { Figure } from '../figures/parts/figure.js';

/** A figure that was rendered, for the pages that show all of them. */
export interface Shown {
  figure: Figure;
  caption: string;
  /** The names of its files. */
  files: readonly string[];
}

/** The page that shows all figures with their claims, captions and files. */
export function indexPage(
  shown: readonly Shown[],
  missing: readonly { figure: Figure; reason: string }[],
): string {
  const sections = shown.map(({ figure, caption, files }) => {
    const links = files.map(
      (file) => `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(endingOf(file, figure))}</a>`,
    );
    return `<section id="${escapeHtml(figure.name)}">
<h2>${escapeHtml(figure.title)}</h2>
<p class="claim">${escapeHtml(figure.claim)}</p>
<figure>
<img src="${escapeHtml(encodeURI(`${figure.name}.svg`))}" alt="${escapeHtml(figure.title)}" loading="lazy">
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>
<p class="files">${links.join(' ')}</p>
</section>`;
  });
  const contents = shown.map(
    ({ figure }) => `<li><a href="#${escapeHtml(figure.name)}">${escapeHtml(figure.title)}</a></li>`,
  );
  const left = missing.map(
    ({ figure, reason }) => `<li>${escapeHtml(figure.title)}: ${escapeHtml(reason)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures</title>
<style>${STYLE}</style>
<h1>Figures</h1>
<ol>
${contents.join('\n')}
</ol>
${sections.join('\n')}
${left.length > 0 ? `<section>\n<h2>Left out</h2>\n<ul>\n${left.join('\n')}\n</ul>\n</section>\n` : ''}</html>
`;
}

const STYLE = `
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 Inter, system-ui, sans-serif; color: #1a1a1a; background: #fff; }
section { margin: 3rem 0; break-inside: avoid; }
figure { margin: 1rem 0; }
img { max-width: 100%; }
.claim { font-weight: 600; }
figcaption { color: #5c5c5c; font-size: .9rem; }
.files a { margin-right: .75rem; }
a { color: #0b5c94; }
`;

/** Captions for LaTeX: after \\input{captions}, \\figcaption{name} is the caption of the figure of that name. */
export function captionsTex(shown: readonly Shown[]): string {
  const lines = shown.map(
    ({ figure, caption }) =>
      `\\expandafter\\def\\csname figcaption@${figure.name}\\endcsname{${escapeLatex(caption)}}`,
  );
  return `% Made with the figures. \\input{captions}, then \\caption{\\figcaption{${shown[0]?.figure.name ?? 'name'}}}.
\\DeclareRobustCommand{\\figcaption}[1]{\\csname figcaption@#1\\endcsname}
${lines.join('\n')}
`;
}

function endingOf(file: string, figure: Figure): string {
  return file.slice(figure.name.length + 1);
}
