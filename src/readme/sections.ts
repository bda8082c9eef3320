import type { Dataset } from '../dataset/open.js';
import { UNPAIRED, UNPAIRED_WORDS } from '../figures/parts/words.js';
import { MARGIN } from '../results/derived/claims-2022.js';
import { MARGINS } from '../results/derived/client-verdicts.js';
import { burnersWords } from './burners.js';
import { claimsTable } from './claims.js';
import { clientImpactTable } from './client-impact.js';
import { clientLibraryTable } from './client-library.js';
import { clientPhasesTable } from './client-phases.js';
import { dangerZonesTable } from './danger-zones.js';
import { hardestTable } from './hardest.js';
import { outageTable } from './outage.js';
import { effectsTable } from './published.js';
import { recoveryTable } from './recovery.js';
import { roundsTable } from './rounds.js';
import { verdictsTable } from './verdicts.js';
import { writesTable } from './writes.js';

/** What the mark in a table says. */
const MARKED = `“${UNPAIRED}” is ${UNPAIRED_WORDS}.`;

/** A table of a dataset's page. */
export interface Section {
  title: string;
  /** What stands before the table: what its columns mean. */
  about: string;
  /** The figure that shows the same. */
  figure: string | null;
  /** @throws MissingData where the dataset has nothing for it */
  table(data: Dataset): Promise<string>;
}

/** The tables of a dataset's page, in this order. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'For how long clients wait when the leader is lost',
    about: `Outage: from the fault until operations succeed again; gaps under 0.25 s are ignored. Trials with about the same
outage stand together, with their number: between two such humps a median would be an outage that no trial had. “≥”:
the fault was lifted, or the run ended, before there was service again, so the outage is longer than that by nobody knows
how much; such trials are never among the others. “Back within” is the share of trials (one minus Kaplan and Meier’s
estimate), and of how many it is known; it is not known where none was watched for so long.`,
    figure: 'outage',
    table: outageTable,
  },
  {
    title: 'From the loss of the leader to service again, step by step',
    about: `Of clients with an open loop, in seconds since the fault: when a node first answered that there is a new leader; when the
first read and the first write succeeded of those that were due after the fault, which come at once where the old leader goes on
for a while; and the end of the last second in which less than 90 % of what was due succeeded within 1 s. Trials that took about as long stand together, with their number; “≥”: the fault was
lifted, or the run ended, before. The longest wait is that of any operation that was due after the fault, until its answer or its
deadline. Unknown writes are those of all trials of which no client can tell whether they happened.`,
    figure: 'recovery',
    table: recoveryTable,
  },
  {
    title: 'Whether the clients’ library or dqlite makes clients wait for longer',
    about: `When a write succeeded again, a row for each library of the clients and a column for each dqlite of the nodes: what differs
along a column is the library’s, and along a row dqlite’s.`,
    figure: 'recovery',
    table: clientLibraryTable,
  },
  {
    title: 'How often clients had to try before they found the new leader',
    about: `Of the crashes, trials with about the same outage. The client library decides how many rounds of dialling it takes:
a dead node’s address never answers, so the first dial waits out its 5 s time-out; then the other nodes are asked, and
where none of them knows a new leader by then, more rounds follow. How it decides was read in its source; what of the waits is the
library’s and what dqlite’s is tested in data/library of the project, where clients have the library of another release.`,
    figure: null,
    table: roundsTable,
  },
  {
    title: 'What a fault costs while it lasts',
    about: `We compare the seconds of the fault with the same seconds of matching fault-free runs: successful reads a second, as
a share of those without the fault, the fewest first. The 99th percentile is that of all reads that were under way in
those seconds, also those that ended later; a read without an answer counts as slower than all others, and where more
than 1 % have none the value is a lower bound (≥). Rows with a lost leader depend on how long the fault lasted within the
window; do not rank them against each other. Ratios are taken within blocks; ${MARKED} That a fault on a follower leaves as many reads, or more, does not say that it
costs nothing: in this benchmark’s closed loop, reads rise when fewer writes succeed.`,
    figure: 'impact',
    table: hardestTable,
  },
  {
    title: 'What a fault costs the client while it lasts',
    about: `How long operations of the open loop took since they were due, during the fault, as ratios to runs without one in the
same seconds of the same blocks, with 95 % intervals; and how many more of 100 succeeded within 1 s, in percentage points
(pp). What did not succeed counts as slower than all that did. A fault \`does not matter\` where the times are shown to be at
most ${MARGINS.longer} times as long and the share at most ${100 * MARGINS.late_share} percentage point smaller; it
\`matters\` where one is shown to be worse; all verdicts on reads are together wrong with a chance of at most 5 %, and so
are those on writes. The margins are ours, and were chosen before anything was measured. “Itself, idle”: compared with runs in
which what makes the fault was at work and did nothing, since that alone costs something: the row “beside no fault” of the
same fault shows what. ${MARKED}`,
    figure: 'client-impact',
    table: clientImpactTable,
  },
  {
    title: 'Before, during and after a fault',
    about: `The share of what was due that succeeded within 1 s, in the whole seconds before the fault, between it and its lift,
and after that; and beside each how far it is from that of the runs that the fault is compared with, as above, in the same
seconds of the same blocks, with its 95 % interval. Before the fault they should be alike; what is missing afterwards is what the fault left.`,
    figure: 'service-over-time',
    table: clientPhasesTable,
  },
  {
    title: 'How hard a fault must be to hurt',
    about: `Lost is the share of what was due while the fault lasted that did not succeed within 1 s, compared with the whole
seconds before the fault in the same run; trials are of the same severity, and intervals are 95 %. Where a tenth or half is
lost is read off the means between the severities that were tried, on a logarithmic scale; “or milder” is lost at the mildest
that took effect, “not even at” is the hardest that was tried. “After the lift”: lost of what was due from the lift to the end
of the workload. “Took no effect at”: severities with trials in which no measurement showed that the fault took effect; these
are in no number, and a severity of which they are more than half is left out.`,
    figure: 'danger-zone',
    table: dangerZonesTable,
  },
  {
    title: 'Writes: acknowledged, refused, missing',
    about: `After each run the rows in the cluster are counted, with quorum back. Fewer rows than acknowledged writes would show
a loss; as many do not exclude one, since an extra row can hide a lost one. Extra rows (the last column) have a likely
cause in the benchmark: it reports at its deadline without waiting for its workers, so writes that are under way then are
missing from its log. Refused as locked means that another write was in progress: dqlite takes one write transaction at a
time, and this benchmark does not try again.`,
    figure: 'errors',
    table: writesTable,
  },
  {
    title: 'Verdicts on consistency',
    about: `Each run of the client is judged by all that its clients sent and saw: \`valid\` if the model that its scenario expects
explains it, \`invalid\` if none of its orders does, \`unknown\` if that could not be found out. Strict serializability of
registers is linearizability. A run without anything wrong whose fault was not confirmed by a measurement counts as untested,
and one that failed has no history. \`npm run check\` judges them again, and shows the operations.`,
    figure: null,
    table: verdictsTable,
  },
  {
    title: 'The claims of 2022',
    about: `A claim \`holds\` if every 95 % interval lies on its side of a cut-off, which is stated; it \`does not hold\` if one is
shown to lie on the other side. The cut-offs are ours: 2022 gave none; a change of under ${Math.round(100 * MARGIN)} % counts as none.
\`undecided\`: shown neither way; in brackets, about how many times as many trials would decide, if the ratios stayed what they are, or
why none would. \`not tested\`: not in most of its runs was the fault confirmed by a measurement, or it was not done as in 2022. That any verdict is wrong by chance is kept below
5 % for all of them together (Holm). Ratios are to runs without a fault unless they say to what; they are taken within the
blocks of the campaign, since the machine drifts between them: exp of a difference of two configurations in
log(value) = configuration + block + slope × share of the CPU that others used (at least 0), by least squares over the runs of the
same workload and release, with HC2 standard errors and the fewer of Bell and McCaffrey’s and Welch’s degrees of freedom
(\`src/results/core/block-model.ts\`). Reads count once every worker reads, so that the time of writing does not. What was measured on
several kinds of processor, or in several sittings on one kind, is told of each as well: the same fault may cost another machine
something else. Whether their ratios differ is tested by Cochran’s Q. ${MARKED}`,
    figure: 'published',
    table: claimsTable,
  },
  {
    title: 'The effects that 2022 published',
    about: `Each relative to the baseline of its own evaluation, since the hosts differ. What 2022 did and what is done here stand side
by side, item by item, in collect/scenarios/2022/README.md of the project. 2022 counted reads over the whole run, in the first
seconds of which its workers write the keys that they will read; the last column leaves these seconds out. Our ratios are taken within blocks; ${MARKED}`,
    figure: 'published',
    table: effectsTable,
  },
  {
    title: 'CPU that the leader got under contention',
    about: 'A burner is a process that uses all the CPU time that it gets (a CPU stressor).',
    figure: 'evidence',
    table: burnersWords,
  },
];
