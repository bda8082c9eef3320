import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { packagePath } from '../../common/paths.js';
import type { Dataset } from '../../dataset/open.js';
import { openClient } from '../../testing/open-client.js';
import type { Shipped } from '../shipped.js';
import { byCase } from './answers/answer.js';
import { consistent } from './answers/consistent.js';
import { led } from './answers/led.js';
import { left } from './answers/left.js';
import { waited } from './answers/waited.js';
import { questionsPage } from './page.js';
import { QUESTIONS } from './questions.js';

const NOTHING: Shipped = { times: [], losses: [], costs: [], followers: [], histories: [] };

let client: { data: Dataset; remove(): Promise<void> };
before(async () => {
  client = await openClient();
});
after(() => client.remove());

test('there are at least twelve questions, each with threads, and with scenarios that exist', () => {
  const there = readdirSync(packagePath('collect/scenarios')).map((name) => name.replace(/\.yml$/, ''));
  assert.ok(QUESTIONS.length >= 12);
  for (const { question, threads, scenarios } of QUESTIONS) {
    assert.ok(threads.length > 0 && scenarios.length > 0, question);
    for (const thread of threads) assert.match(thread, /^[\w-]+\/[\w-]+#\d+$/);
    assert.deepEqual(
      scenarios.filter((name) => !there.includes(name)),
      [],
      question,
    );
  }
});

test('what a client measured is an answer, and what nobody measured is said to be missing', async () => {
  const shipped = { ...NOTHING, times: [client.data], losses: [client.data] };
  const crash = await waited(['crash'])(shipped);
  assert.deepEqual([...crash.values()], [[{ about: 'crash-leader', found: 'first write after 5.0 s' }]]);
  const [leaders] = (await led(['crash'])(shipped)).values();
  assert.deepEqual(
    leaders!.map(({ about }) => about),
    ['crash-leader'],
  );
  assert.match(leaders![0]!.found, /^no leader for 1\.5 s, then another, \d+ % served within 1 s$/);
  assert.equal((await left(['network-delay'], 'leader')(shipped)).size, 0);
  const slow = await left(['disk-throttle'], 'follower')(shipped);
  assert.deepEqual(
    [...slow.values()],
    [
      [
        {
          about: 'Disk throttle, 100 kB/s, on a follower',
          found: '100 % of reads, 100 % of writes within 1 s',
        },
      ],
    ],
  );
  const page = await questionsPage(shipped);
  assert.match(page, /## The network loses packets.*\n\nAsked in .*\n\nNot measured yet\./);
  assert.match(page, /## The leader is killed[\s\S]*?\| crash-leader \|.* first write after 5\.0 s/);
});

test('of several datasets the first that knows a release answers for it, each for what it can be asked', async () => {
  const { data } = client;
  const none = await waited(['crash'])({ ...NOTHING, histories: [data] });
  assert.equal(none.size, 0, 'what was made side by side says nothing about times');
  const asked = consistent()({ ...NOTHING, histories: [data, data] });
  const [answers] = (await asked).values();
  assert.match(answers![0]!.found, /^\d+ valid.* of \d+ histor(y|ies)$/);
});

test('a case that a later dataset has on more releases is that dataset’s, so that its row can be compared', async () => {
  const [one, all] = [{} as Dataset, {} as Dataset];
  const measured = (found: string, releases: readonly string[], cases: readonly string[]) =>
    releases.flatMap((debian_release) => cases.map((about) => ({ debian_release, about, found })));
  const rows = new Map([
    [one, measured('alone', ['trixie'], ['killed', 'killed, short time-outs'])],
    [all, measured('together', ['bookworm', 'trixie', 'sid'], ['killed'])],
  ]);
  const ask = byCase(
    async (data) => rows.get(data)!,
    (same) => same,
  );
  const answers = await ask({ ...NOTHING, times: [one, all] });
  const found = (release: string) =>
    answers.get(release)!.map((answer) => `${answer.about}: ${answer.found}`);
  assert.deepEqual(found('trixie'), ['killed: together', 'killed, short time-outs: alone']);
  assert.deepEqual(found('sid'), ['killed: together']);
});
