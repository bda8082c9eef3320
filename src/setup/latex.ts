import { UserError } from '../common/errors.js';
import { run } from './command.js';
import { type Host, which } from './host.js';
import type { Requirement } from './requirement.js';

const PACKAGES = ['texlive-latex-base', 'texlive-latex-recommended'];

/** LaTeX with its usual packages, in which a test sets the figures with their captions. */
export const latex: Requirement = {
  name: 'LaTeX',
  check: async (host) => ((await hasBooktabs(host)) ? 'pdflatex, booktabs' : null),
  packages: async () => PACKAGES,
  install: async (host) => {
    const how = host.debian ? `sudo apt-get install ${PACKAGES.join(' ')}` : 'install TeX Live';
    throw new UserError(`not found: pdflatex with booktabs\n${how}`);
  },
};

async function hasBooktabs(host: Host): Promise<boolean> {
  if (!which(host, 'pdflatex') || !which(host, 'kpsewhich')) return false;
  return run(host, 'kpsewhich', ['booktabs.sty']).then(
    () => true,
    () => false,
  );
}
