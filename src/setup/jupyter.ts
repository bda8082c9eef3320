import { programs } from './requirement.js';

/** Jupyter: the classic front end, the converter, and the client that drives kernels. */
export const jupyter = programs(
  'Jupyter',
  {
    python3: 'python3',
    jupyter: 'jupyter-core',
    'jupyter-kernelspec': 'jupyter-client',
    'jupyter-nbconvert': 'jupyter-nbconvert',
    'jupyter-notebook': 'jupyter-notebook',
  },
  'python3 -m pip install notebook nbconvert (https://jupyter.org/install)',
);
