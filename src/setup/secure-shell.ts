import { programs } from './requirement.js';

/** What other hosts are reached with. */
export const secureShell = programs('ssh', { ssh: 'openssh-client' }, 'install openssh');
