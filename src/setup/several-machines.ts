import { programs } from './requirement.js';

/** What campaigns over several machines are made with, all of it on this one, for the tests. */
export const severalMachines = programs(
  'ssh, GNU parallel, Slurm',
  {
    ssh: 'openssh-client',
    sshd: 'openssh-server',
    rsync: 'rsync',
    parallel: 'parallel',
    sbatch: 'slurm-client',
    slurmctld: 'slurmctld',
    slurmd: 'slurmd',
    munged: 'munge',
    ip: 'iproute2',
  },
  'install openssh, rsync, parallel, slurm, munge and iproute2',
);
