/** A made-up run: what its rows will show. */
export interface Plan {
  run_id: string;
  scenario: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  target_node: string | null;
  severity: number | null;
  severity_unit: string | null;
  inject_at_s: number | null;
  lift_at_s: number | null;
  workers: number;
  workload: 'write100-then-read' | 'kvreadwrite';
  driver_role: 'leader' | 'follower';
  duration_s: number;
  trial: number;
  debian_release: string;
  fault_confirmed: boolean | null;
  status: 'complete' | 'partial' | 'failed';
  /** Successful reads a second while nothing hinders them and all workers read. */
  reads_per_s: number;
  /** Mean latency of a successful read, about. */
  mean_ms: number;
  /** Writes a second that fail as locked, in the first two seconds. */
  locked_per_s: number;
  /** From the fault until reads succeed again; null for no outage. */
  outage_s: number | null;
  /** Place in the order of runs. */
  position: number;
}

export type Case = Partial<Plan> & Pick<Plan, 'scenario'>;

const BASELINE_READS = 9400;
const FAULT_WORKERS = 9;

/** Every run of the made-up campaign: three trials of each case, five of the crashes of a leader. */
export function plans(): Plan[] {
  const cases: Case[] = [
    ...Array.from({ length: 16 }, (_, i) => baseline(i + 1)),
    ...[0.46, 0.3, 0.12].map((part, i) => cpuLeader(i + 1, part)),
    follower('slow-cpu-follower', 'cpu-limit', 0.25, 'cpus', 0.95),
    ...memoryLeader(),
    follower('memory-follower', 'memory-limit', 50, 'MB', 0.97),
    { ...follower('crash-follower', 'crash', null, null, 0.92), inject_at_s: 10 },
    crashLeader('trixie'),
    crashLeader('bookworm'),
    awayLeader('pause'),
    awayLeader('network-cut'),
    { ...follower('disk-follower', 'disk-throttle', 1e6, 'bytes_per_s', 1), fault_confirmed: false },
  ];
  return inOrder(cases.flatMap((one) => trialsOf(one, one.outage_s ? 5 : 3)));
}

/** Runs with their places in the order. */
export function inOrder(runs: readonly Plan[]): Plan[] {
  // a block after the other, as campaigns are made
  const inBlocks = runs.toSorted((a, b) => a.trial - b.trial);
  return inBlocks.map((plan, position) => ({ ...plan, position: position + 1 }));
}

/** The trials of a case: rates and outages are spread around those of the middle one. */
export function trialsOf(one: Case, trials: number): Plan[] {
  return Array.from({ length: trials }, (_, i) => trialOf(one, i + 1, (trials + 1) / 2));
}

function baseline(workers: number): Case {
  const reads_per_s = BASELINE_READS * Math.min(1, workers / 7) * (1 - Math.max(0, workers - 9) * 0.012);
  return { scenario: 'baseline', workers, reads_per_s };
}

function cpuLeader(burners: number, part: number): Case {
  return leader('slow-cpu-leader', 'cpu-contention', burners, 'burners', part);
}

function memoryLeader(): Case[] {
  const parts = { 100: 0.99, 50: 0.88, 30: 0.68 };
  return Object.entries(parts).map(([mb, part]) => leader('memory-leader', 'memory-limit', +mb, 'MB', part));
}

function crashLeader(debian_release: string): Case {
  const outage_s = debian_release === 'bookworm' ? 5 : 9;
  return { ...leader('crash-leader', 'crash', null, null, 1), debian_release, inject_at_s: 10, outage_s };
}

/** A leader that is away for eight seconds: clients wait for the first four of them. */
function awayLeader(fault: string): Case {
  return { ...leader(`${fault}-leader`, fault, null, null, 1), inject_at_s: 10, lift_at_s: 18, outage_s: 4 };
}

function leader(scenario: string, fault: string, severity: number | null, unit: string | null, part: number) {
  const hit = { target_role: 'leader', target_node: 'raft1' } as const;
  return { scenario, fault, severity, severity_unit: unit, reads_per_s: BASELINE_READS * part, ...hit };
}

function follower(
  scenario: string,
  fault: string,
  severity: number | null,
  unit: string | null,
  part: number,
) {
  const hit = { target_role: 'follower', target_node: 'raft3' } as const;
  return { scenario, fault, severity, severity_unit: unit, reads_per_s: BASELINE_READS * part, ...hit };
}

function trialOf(one: Case, trial: number, middle: number): Plan {
  const workers = one.workers ?? FAULT_WORKERS;
  const faulty = one.fault !== undefined;
  const reads_per_s = (one.reads_per_s ?? BASELINE_READS) * (1 + 0.02 * (trial - middle));
  const severity = one.severity == null ? '' : `-${one.severity}`;
  const release = one.debian_release ?? 'trixie';
  return {
    fault: 'none',
    target_role: 'none',
    target_node: null,
    severity: null,
    severity_unit: null,
    inject_at_s: faulty ? 0 : null,
    lift_at_s: null,
    workload: 'write100-then-read',
    driver_role: one.scenario === 'crash-leader' ? 'follower' : 'leader',
    duration_s: 30,
    fault_confirmed: faulty ? true : null,
    status: 'complete',
    locked_per_s: workers * 160,
    position: 0,
    ...one,
    outage_s: one.outage_s ? one.outage_s + 0.4 * (trial - middle) : null,
    run_id: `${one.scenario}-${release}-w${workers}${severity}-t${trial}`,
    workers,
    trial,
    debian_release: release,
    reads_per_s,
    mean_ms: (1000 * workers) / reads_per_s,
  };
}
