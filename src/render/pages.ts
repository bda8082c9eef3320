import { escapeHtml } from '../common/html.js';
import { escapeLatex } from '../common/latex.js';

/** What the pages of all figures say of one: its files, or why it was left out. Kept in `captions.json`. */
export interface Entry {
  /** Names its files. */
  name: string;
  order: number;
  title: string;
  question: string;
  short?: string;
  long?: string;
  files: string[];
  /** Why it was left out. */
  missing?: string;
}

/** The page that shows all figures with their questions, captions and files. */
export function indexPage(entries: readonly Entry[]): string {
  const shown = entries.filter(isShown);
  const missing = entries.filter((entry) => entry.missing !== undefined);
  const sections = shown.map(({ name, title, question, short, long, files }) => {
    const links = files.map(
      (file) => `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(file.slice(name.length + 1))}</a>`,
    );
    return `<section id="${escapeHtml(name)}">
<h2>${escapeHtml(title)}</h2>
<p class="question">${escapeHtml(question)}</p>
<figure>
<img src="${escapeHtml(encodeURI(`${name}.svg`))}" alt="${escapeHtml(title)}" loading="lazy">
<figcaption>${escapeHtml(short)}<details><summary>In full</summary>${escapeHtml(long)}</details></figcaption>
</figure>
<p class="files">${links.join(' ')}</p>
</section>`;
  });
  const contents = shown.map(
    ({ name, title }) => `<li><a href="#${escapeHtml(name)}">${escapeHtml(title)}</a></li>`,
  );
  const left = missing.map(
    ({ title, missing: reason }) => `<li>${escapeHtml(title)}: ${escapeHtml(reason!)}</li>`,
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
.question { font-weight: 600; }
details { margin-top: .5rem; }
figcaption { color: #5c5c5c; font-size: .9rem; }
.files a { margin-right: .75rem; }
a { color: #0b5c94; }
`;

/**
 * Captions for LaTeX: after \\input{captions}, \\figcaption{name} is the short caption of the figure of that name,
 * \\figcaptionlong{name} the long one and \\figtitle{name} its title. A name that is not there is an error.
 */
export function captionsTex(entries: readonly Entry[]): string {
  const shown = entries.filter(isShown);
  const lines = shown.flatMap(({ name, title, short, long }) =>
    Object.entries({ title, short, long }).map(
      ([what, text]) => `\\expandafter\\def\\csname dqfig@${name}@${what}\\endcsname{${escapeLatex(text)}}`,
    ),
  );
  const example = shown[0]?.name ?? 'name';
  return `% Made with the figures. \\input{captions}, then \\caption[\\figtitle{${example}}]{\\figcaption{${example}}};
% \\figcaptionlong{${example}} is the long caption.
\\DeclareRobustCommand{\\figtitle}[1]{\\dqfigtext{#1}{title}}
\\DeclareRobustCommand{\\figcaption}[1]{\\dqfigtext{#1}{short}}
\\DeclareRobustCommand{\\figcaptionlong}[1]{\\dqfigtext{#1}{long}}
\\def\\dqfigtext#1#2{%
  \\ifcsname dqfig@#1@#2\\endcsname\\csname dqfig@#1@#2\\endcsname
  \\else\\PackageError{captions}{No figure is called '#1'}{There are: ${shown.map(({ name }) => name).join(', ')}.}\\fi}
${lines.join('\n')}
`;
}

function isShown(entry: Entry): entry is Entry & { short: string; long: string } {
  return entry.short !== undefined && entry.long !== undefined;
}
