import { SILENT_LOSSES } from '../../findings/silent-loss.js';
import { together } from './answers/answer.js';
import { cameBack } from './answers/came-back.js';
import { consistent } from './answers/consistent.js';
import { dangerZone } from './answers/danger-zone.js';
import { killed } from './answers/killed.js';
import { led } from './answers/led.js';
import { left } from './answers/left.js';
import { newest, tookPlace } from './answers/took-place.js';
import { waited } from './answers/waited.js';
import { waitedSilently } from './answers/waited-silently.js';
import { missing, refused } from './answers/writes.js';
import type { Question } from './question.js';

const POWER_CUTS = ['power-cut', 'lists-power-cut'];
const ALL_STOPPED = ['all-stopped-leader-first', 'all-stopped-leader-last', 'quorum-lost'];
const UPGRADES = ['upgrade-leader', 'upgrade-follower', 'rolling-upgrade'];
const RETURNS = ['crash-restart-follower', 'network-cut-follower'];
const REPLACEMENTS = ['replace-leader', 'replace-follower', 'join'];

/** What users ask in public, the most asked first. */
export const QUESTIONS: readonly Question[] = [
  {
    question: 'A node is powered off or unplugged: why do the others hang for up to 15 minutes?',
    threads: [
      'canonical/lxd#9400',
      'canonical/lxd#9404',
      'canonical/microk8s#3492',
      'canonical/microk8s#3983',
      'canonical/microk8s#4596',
    ],
    seenWith: 'LXD 4.19; MicroK8s 1.27.1',
    scenarios: [...SILENT_LOSSES, 'silent-loss-leader-short-timeouts'],
    ask: waitedSilently,
  },
  {
    question: 'The leader is killed: how long until clients work again?',
    threads: ['canonical/microk8s#1127', 'canonical/microk8s#2400', 'canonical/microk8s#4394'],
    seenWith: 'MicroK8s 1.28.3',
    scenarios: ['crash-leader', 'crash-leader-short-timeouts'],
    ask: waited(['crash']),
  },
  {
    question: 'Is stopping the leader (SIGTERM) gentler than killing it?',
    threads: ['canonical/microk8s#1127', 'canonical/microk8s#4252'],
    seenWith: 'not said (2023-10)',
    scenarios: ['stop-leader', 'crash-leader'],
    ask: waited(['stop']),
  },
  {
    question: 'Does a leader that hands over before it stops spare its clients the wait?',
    threads: ['canonical/microk8s#1127', 'canonical/microk8s#2400'],
    seenWith: 'MicroK8s 1.28.3',
    scenarios: ['shutdown-leader', 'close-leader', 'transfer-leader'],
    ask: together(waited(['shutdown']), waited(['close'])),
  },
  {
    question: 'The leader freezes (a suspended VM, a stalled host): do clients find another?',
    threads: ['canonical/lxd#11237', 'canonical/microk8s#5386'],
    seenWith: 'MicroK8s 1.35',
    scenarios: ['pause-leader', 'pause-leader-short-timeouts'],
    ask: waited(['pause']),
  },
  {
    question: 'Traffic passes one way only: is that as bad as a cut?',
    threads: ['canonical/microk8s#5352'],
    seenWith: 'MicroK8s 1.36.2',
    scenarios: [
      'network-cut-in-leader',
      'network-cut-out-leader',
      'network-cut-link-out-leader',
      'network-cut-link-leader',
    ],
    ask: waited(['network-cut-in', 'network-cut-out', 'network-cut-link-out']),
  },
  {
    question: 'Some nodes reach each other and some do not: is there a leader all the same?',
    threads: ['canonical/microk8s#5352'],
    seenWith: 'MicroK8s 1.36.2',
    scenarios: [
      'partition-quorum-loss-follower',
      'partition-quorum-loss-leader',
      'partition-constrained',
      'partition-chained-leader',
      'partition-chained-follower',
    ],
    ask: led(['partition-quorum-loss', 'partition-chained', 'network-cut+partition-constrained']),
  },
  {
    question: 'A node that was cut off or crashed: does the cluster work on when it comes back?',
    threads: ['canonical/microk8s#5352', 'canonical/microk8s#2916'],
    seenWith: 'MicroK8s 1.36.2',
    scenarios: RETURNS,
    ask: together(left(['network-cut', 'crash'], 'follower'), cameBack(RETURNS)),
  },
  {
    question: 'Why is the database locked?',
    threads: [
      'canonical/microk8s#5153',
      'canonical/k8s-dqlite#310',
      'canonical/dqlite#164',
      'canonical/microcloud#359',
    ],
    seenWith: 'MicroK8s 1.33',
    scenarios: ['baseline', 'policy-bare', 'policy-retry', 'policy-kine', 'policy-lxd'],
    ask: refused,
  },
  {
    question: 'Are acknowledged writes lost when the leader fails?',
    threads: ['canonical/dqlite#46', 'canonical/dqlite#192'],
    seenWith: 'not said (2020-01)',
    scenarios: ['crash-leader', 'lists-crash-leader', 'lists-network-cut-leader', 'lists-pause-leader'],
    ask: together(missing(), consistent()),
  },
  {
    question: 'The leader’s CPU is busy: how much slower does everything get?',
    threads: ['canonical/k8s-dqlite#36', 'canonical/microk8s#3227'],
    seenWith: 'MicroK8s 1.28.3',
    scenarios: ['cpu-limit-leader', 'cpu-pinned-leader', 'cpu-contention', 'sweep-cpu-limit'],
    ask: together(left(['cpu-limit', 'cpu-contention-pinned'], 'leader'), dangerZone(['cpu-limit'])),
  },
  {
    question: 'The leader’s disk is slow: how much slower does everything get?',
    threads: ['canonical/microk8s#3227', 'canonical/microk8s#4163'],
    seenWith: 'MicroK8s 1.28.3',
    scenarios: ['disk-slow-leader', 'disk-throttle-leader', 'disk-throttle-follower', 'sweep-disk-throttle'],
    ask: together(left(['disk-slow', 'disk-throttle'], 'leader'), dangerZone(['disk-throttle'])),
  },
  {
    question: 'Can a cluster span sites that are tens of milliseconds apart?',
    threads: ['canonical/lxd#8714', 'canonical/lxd#9861'],
    seenWith: 'LXD 4.13',
    scenarios: [
      'network-delay-leader',
      'network-delay-follower',
      'network-delay-link-leader',
      'network-jitter-leader',
      'sweep-network-delay',
    ],
    ask: together(
      left(['network-delay'], 'leader'),
      left(['network-delay'], 'follower'),
      dangerZone(['network-delay']),
    ),
  },
  {
    question: 'The network loses packets: at what rate does it hurt?',
    threads: ['canonical/lxd#11237'],
    seenWith: 'not said (2022)',
    scenarios: [
      'network-loss-leader',
      'network-loss-follower',
      'network-loss-link-follower',
      'sweep-network-loss',
    ],
    ask: together(left(['network-loss'], 'leader'), dangerZone(['network-loss'])),
  },
  {
    question: 'A node has little memory: does it slow the cluster, or die?',
    threads: ['canonical/k8s-dqlite#196', 'canonical/microk8s#5016', 'canonical/dqlite#494'],
    seenWith: 'MicroK8s 1.31',
    scenarios: ['memory-leader', 'memory-follower'],
    ask: together(killed, left(['memory-limit'], 'leader'), left(['memory-limit'], 'follower')),
  },
  {
    question: 'The disk is full: does the leader step down, and does the node come back?',
    threads: [
      'canonical/dqlite#589',
      'canonical/dqlite#283',
      'canonical/dqlite#309',
      'canonical/lxd#6226',
      'canonical/lxd#7101',
    ],
    seenWith: 'LXD 3.23',
    scenarios: ['disk-full-leader', 'disk-full-leader-busy', 'disk-full-leader-light', 'disk-full-follower'],
    ask: led(['disk-full']),
  },
  {
    question: 'The power fails: is what was acknowledged still there, and do all nodes start?',
    threads: ['canonical/microk8s#2997', 'canonical/microk8s#4548'],
    seenWith: 'not said (2026-05)',
    scenarios: POWER_CUTS,
    ask: together(waited(['power-cut']), consistent(POWER_CUTS), cameBack(POWER_CUTS)),
  },
  {
    question: 'All nodes were stopped: does it matter in which order they start?',
    threads: ['canonical/dqlite#323', 'canonical/dqlite#628', 'canonical/dqlite#192'],
    seenWith: 'not said (2024-03)',
    scenarios: ALL_STOPPED,
    ask: together(cameBack(ALL_STOPPED), consistent(ALL_STOPPED)),
  },
  {
    question: 'One node is upgraded and the others are not yet: does the cluster work meanwhile?',
    threads: ['canonical/lxd#8388', 'canonical/lxd#7540'],
    seenWith: 'LXD 4.10',
    scenarios: UPGRADES,
    ask: together(tookPlace(UPGRADES), consistent(UPGRADES), newest),
  },
  {
    question: 'A node’s machine is lost for good: can an empty one take its place, and can another join?',
    threads: ['canonical/microk8s#2348', 'canonical/microk8s#2212'],
    seenWith: 'MicroK8s 1.21',
    scenarios: REPLACEMENTS,
    ask: together(tookPlace(REPLACEMENTS), consistent(REPLACEMENTS)),
  },
];
