import { faultWords } from '../figures/parts/words.js';

/** What happened to the leader, to follow “the leader”. */
const EVENTS: Readonly<Record<string, string>> = {
  crash: 'was killed (`kill -9`)',
  stop: 'was stopped (SIGTERM)',
  shutdown: 'handed its role over, shut down',
  close: 'shut down without handing its role over',
  pause: 'froze',
  'network-cut': 'was cut off from the network',
  'network-cut-in': 'could send, but not receive',
  'network-cut-out': 'could receive, but not send',
};

const ENDED: readonly string[] = ['crash', 'stop', 'shutdown', 'close'];

/** What happened to the leader, and whether it came back, to follow “the leader”. */
export function lossEvent({ fault, lifted }: { fault: string; lifted: boolean }): string {
  const event = EVENTS[fault] ?? `was lost (${faultWords(fault).toLowerCase()})`;
  if (ENDED.includes(fault)) return `${event} and ${lifted ? 'was started again' : 'stayed away'}`;
  return lifted ? `${event} for a while` : event;
}
