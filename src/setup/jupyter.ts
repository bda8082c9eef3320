import { type Host, which } from './host.js';
import { programs, type Requirement } from './requirement.js';

const CLIENT = { python3: 'python3', jupyter: 'jupyter-core', 'jupyter-kernelspec': 'jupyter-client' };
const ELSEWHERE = 'python3 -m pip install jupyterlab (https://jupyter.org/install)';

const withLab = programs('Jupyter', { ...CLIENT, 'jupyter-lab': 'jupyterlab' }, ELSEWHERE);
const withClassic = programs('Jupyter', { ...CLIENT, 'jupyter-notebook': 'jupyter-notebook' }, ELSEWHERE);

/** Jupyter: the client that drives kernels, and a front end: Lab, or else the classic notebook, which every Debian has. */
export const jupyter: Requirement = {
  name: 'Jupyter',
  check: (host) => chosen(host).check(host),
  packages: (host) => chosen(host).packages(host),
  install: (host, say) => chosen(host).install(host, say),
};

function chosen(host: Host): Requirement {
  return which(host, 'jupyter-lab') ? withLab : withClassic;
}
