import { test } from 'node:test';
import type { Misspelt, Rows } from './sql-types.js';

// What is tested here holds once this file compiles: `same` takes nothing but `true`.
const same = <A, B>(
  _: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false,
) => {};

test('columns of the tables have the types of the schema', () => {
  same<
    Rows<'select run_id, workers, severity from runs'>,
    { run_id: string; workers: number; severity: number | null }
  >(true);
  same<Rows<'select op, start_ns from operations limit 3'>, { op: 'exec' | 'query'; start_ns: bigint }>(true);
  same<
    Rows<'select op, n, latency_ns from outcomes'>,
    { op: 'exec' | 'query'; n: number; latency_ns: bigint | null }
  >(true);
  same<Rows<'select distinct r.scenario from operations join runs r using (run_id)'>, { scenario: string }>(
    true,
  );
  same<Rows<'select * from runs'>['fault'], string>(true);
});

test('counts, aggregates and casts have types; other expressions are unknown', () => {
  type Found = Rows<`
    select scenario, count(*) filter (outcome = 'ok') as n, max(latency_ns) as worst_ns,
      (avg(latency_ns) / 1e6)::double as mean_ms, avg(latency_ns) / 1e6 as odd, coalesce(a, b)::varchar as word
    from operations join runs using (run_id) where x > 3 group by all`>;
  same<
    Found,
    {
      scenario: string;
      n: number;
      worst_ns: bigint | null;
      mean_ms: number | null;
      odd: unknown;
      word: string | null;
    }
  >(true);
});

test('a column that no table has is named', () => {
  same<Misspelt<'select run_ids, workers from runs'>, 'run_ids'>(true);
  same<Misspelt<'select run_id, workers from runs'>, never>(true);
  same<Misspelt<'select run_id, scenario from operations'>, 'scenario'>(true);
  same<Misspelt<'select run_id, scenario from operations join runs using (run_id)'>, never>(true);
});

test('keywords, functions and types may be written in capitals', () => {
  same<
    Rows<'SELECT DISTINCT scenario, COUNT(*) AS n, Avg(latency_ns)::DOUBLE AS ns FROM operations JOIN runs USING (run_id)'>,
    { scenario: string; n: number; ns: number | null }
  >(true);
  same<Misspelt<'Select run_ids From runs'>, 'run_ids'>(true);
  same<Misspelt<'SELECT run_id FROM runs WHERE a = 1'>, never>(true);
});

test('what cannot be read is unknown, and no mistake', () => {
  same<Rows<'with a as (select 1 as b) select b from a'>, Record<string, unknown>>(true);
  same<Rows<'select n from (select count(*) as n from runs) t'>, { n: unknown }>(true);
  same<Misspelt<'select n from (select count(*) as n from runs) t'>, never>(true);
  same<Rows<string>, Record<string, unknown>>(true);
});

test('the check of types does check', () => {
  // @ts-expect-error: a string is no number
  same<Rows<'select run_id from runs'>, { run_id: number }>(true);
});
