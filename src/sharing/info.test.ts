import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpDataset } from '../testing/made-up-dataset.js';
import { openClient } from '../testing/open-client.js';
import { info } from './info.js';

test('info says in a screenful what is in a dataset', async (context) => {
  const { data } = await madeUpDataset(context);
  const text = await info(data);
  assert.match(text, /3 runs, 70,041 operations of 2022’s benchmark, \d/);
  assert.match(text, /crash-leader +crash/);
  assert.ok(text.split('\n').length < 40);
});

test('of a dataset of the client, info says what became of what was due', async (context) => {
  const { data, remove } = await openClient();
  context.after(remove);
  const text = await info(data.folder);
  const [attempts] = await data.query('select count(*) as n from attempts');
  assert.match(
    text,
    new RegExp(`runs, ${Number(attempts!['n']).toLocaleString('en-US')} attempts of the client, `),
  );
  assert.doesNotMatch(text, /benchmark/);
  const [write] = await data.query(
    "select sum(offered)::bigint as due, sum(ok)::bigint as ok from service where kind = 'write'",
  );
  assert.match(text, new RegExp(`write +${write!['due']} +${write!['ok']} `));
});
