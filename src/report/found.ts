import type { Found } from '../findings/findings.js';
import { LOCKED_WORDS } from '../findings/writes.js';
import { type Html, html } from './html.js';

/** What the dataset says, before everything else: a sentence for each question, more below it, and its figure. */
export function foundSection(found: readonly Found[], drawn: ReadonlySet<string>): Html {
  return html`<h2 id="findings">What it says</h2>
${found.map((one) => finding(one, drawn))}`;
}

/** What has to be explained where it stands, by figure. */
export const FIGURE_NOTES: Readonly<Record<string, string>> = { errors: LOCKED_WORDS };

function finding({ title, figure, said, missing }: Found, drawn: ReadonlySet<string>): Html {
  if (said === null) {
    return html`<section class="finding unknown"><h3>${title}</h3><p class="more">Not known from this dataset: ${code(missing)}.</p></section>
`;
  }
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
