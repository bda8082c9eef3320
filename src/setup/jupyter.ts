import { type Host, which } from './host.js';
import { programs, type Requirement } from './requirement.js';

const ELSEWHERE = 'python3 -m pip install jupyterlab (https://jupyter.org/install)';

const lab = programs('Jupyter', { python3: 'python3', 'jupyter-lab': 'jupyterlab' }, ELSEWHERE);
const classic = programs(
  'Jupyter',
  { python3: 'python3', 'jupyter-notebook': 'jupyter-notebook' },
  ELSEWHERE,
);

/** Jupyter, with what drives kernels: Lab where it is, or else the classic notebook, which every Debian has. */
export const jupyter: Requirement = {
  name: 'Jupyter',
  check: (host) => chosen(host).check(host),
  packages: (host) => chosen(host).packages(host),
  install: (host, say) => chosen(host).install(host, say),
};

function chosen(host: Host): Requirement {
  return which(host, 'jupyter-lab') ? lab : classic;
}
