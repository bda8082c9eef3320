import type { Said } from '../findings/finding.js';
import type { Found } from '../findings/findings.js';
import { LOCKED_WORDS } from '../findings/writes.js';
import { type Html, html } from './html.js';

/**
 * What the dataset says, before everything else: a sentence for each question, more below it, and its figure. What it cannot
 * tell comes after that.
 */
export function foundSection(found: readonly Found[], drawn: ReadonlySet<string>): Html {
  const missing = found.flatMap(({ title, missing: why }) =>
    why === null ? [] : [html`<li>${title}: ${code(why)}.</li>\n`],
  );
  return html`<h2 id="findings">What it says</h2>
${found.map((one) => (one.said === null ? html`` : finding(one, one.said, drawn)))}
${missing.length === 0 ? html`` : html`<h3>What it cannot say</h3>\n<ul class="unknown">\n${missing}</ul>\n`}`;
}

/** What has to be explained where it stands, by figure. */
export const FIGURE_NOTES: Readonly<Record<string, string>> = { errors: LOCKED_WORDS };

function finding({ title, figure }: Found, said: Said, drawn: ReadonlySet<string>): Html {
  const link = figure && drawn.has(figure) ? html` <a href="#section-${figure}">See the figure</a>` : html``;
  return html`<section class="finding"><h3>${title}</h3><p class="headline">${code(said.headline)}</p>
<p class="more">${code(said.more.join(' '))}${link}</p></section>
`;
}

/** Text in which what stands between backticks is code, and a number stays with its unit. */
function code(text: string): Html {
  const kept = text.replace(/(\d) (%|s|ms|CPU)(?![a-z])/g, '$1\u00a0$2');
  const parts = kept.split('`').map((part, i) => (i % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
  return html`${parts}`;
}
