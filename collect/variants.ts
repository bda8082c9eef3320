import { severityRank } from '../src/vocabulary/faults.js';
import type { WorkloadName } from '../src/vocabulary/workloads.js';
import { isOfClient } from '../src/vocabulary/workloads.js';
import type { ClientSettings } from './load/settings.js';
import { planCampaign } from './plan.js';
import { loadScenario, type Scenario, type ScenarioFault, scenarioNames } from './scenario.js';

/** What is changed of scenarios for a whole campaign, so that no scenario needs a file for each variant. */
export interface Variation {
  /** Of the client: each scenario is played with each of these. Default: with its own. */
  readonly workloads?: readonly WorkloadName[] | undefined;
  /** Of every open loop: operations a second, or a percentage of the capacity. Default: as the scenarios have it. */
  readonly rate?: ClientSettings['rate'] | undefined;
  /** How long each workload lasts, in s, also where its scenario takes longer: its times are then drawn together. */
  readonly withinS?: number | undefined;
  /** Whether of several severities only the hardest is tried. Default: false. */
  readonly hardest?: boolean | undefined;
}

/** A scenario in each of its variants; one that 2022's benchmark plays has no variant but its length. */
export function variantsOf(scenario: Scenario, { workloads, rate, withinS, hardest }: Variation): Scenario[] {
  const one = hardest ? { ...scenario, faults: scenario.faults.map(atItsHardest) } : scenario;
  const short = withinS === undefined ? one : drawnTogether(one, withinS);
  const { client } = short;
  if (!client) return [short];
  const rated = rate === undefined ? {} : { rate };
  return (workloads ?? [short.workload]).map((workload) => {
    const { mix, ...rest } = client;
    const same = workload === short.workload && mix !== undefined;
    return { ...short, workload, client: { ...rest, ...(same ? { mix } : {}), ...rated } };
  });
}

/** More configurations than this are a curve, such as a sweep of severities. */
const MOST_CONFIGURATIONS = 4;

/** The scenarios that try a fault on the registers of an open loop, without those that draw a curve. */
export function everyFault(): string[] {
  const trial = { releases: ['trixie'], trials: 1, durationS: 60, seed: 0 };
  return scenarioNames().filter((name) => {
    if (name.includes('/')) return false; // those of a certain campaign
    const scenario = loadScenario(name);
    if (!isOfClient(scenario.workload) || scenario.workload !== 'registers') return false;
    const { faults, client } = scenario;
    // closed loops have no rate that could be chosen, and a client of another release is the same question again
    if (faults.length === 0 || client?.arrivals === 'closed' || client?.release !== undefined) return false;
    const planned = planCampaign({ ...trial, scenarios: [scenario] }).filter(({ calibrates }) => !calibrates);
    return planned.length <= MOST_CONFIGURATIONS;
  });
}

function atItsHardest({ severity, ...fault }: ScenarioFault): ScenarioFault {
  if (severity === undefined) return fault;
  const rank = (one: number) => severityRank(fault.kind, one);
  return { ...fault, severity: severity.toSorted((a, b) => rank(b) - rank(a)).slice(0, 1) };
}

function drawnTogether(scenario: Scenario, withinS: number): Scenario {
  const { at_least_s: needed, ...rest } = scenario;
  const factor = Math.min(1, withinS / (needed ?? withinS));
  const sooner = (at: number | string) =>
    typeof at === 'number' ? Math.round(at * factor * 1000) / 1000 : at;
  const faults = scenario.faults.map(
    (fault): ScenarioFault => ({
      ...fault,
      inject_at: sooner(fault.inject_at),
      ...(fault.lift_at === undefined ? {} : { lift_at: sooner(fault.lift_at) }),
    }),
  );
  return { ...rest, faults };
}
