import { z } from '../common/bundled/zod.js';
import { csv } from '../common/csv.js';
import { UserError } from '../common/errors.js';
import { plot } from '../notebook/plot.js';
import { type Answer, arrow, type Explored } from './database.js';

/** More rows than these are not shown in the page, nor drawn; a CSV file has them all. */
const MOST_ROWS = 5_000;

const asked = z.object({ sql: z.string().min(1) });
const mosaic = asked.extend({ type: z.enum(['arrow', 'exec', 'json']).default('arrow') });
const drawn = asked.extend({
  mark: z.enum(['line', 'bar', 'point', 'area', 'tick', 'boxplot']),
  x: z.string().min(1),
  y: z.string().min(1),
  color: z.string().optional(),
});

type Answered = { type: string; content: string | Uint8Array };

const ANSWERS: Record<string, (data: Explored, request: unknown) => Promise<Answered>> = {
  '/mosaic': async (data, request) => {
    const { sql, type } = mosaic.parse(request);
    if (type === 'exec') {
      await data.prepare(sql);
      return { type: 'text/plain', content: '' };
    }
    return { type: 'application/vnd.apache.arrow.stream', content: arrow(await data.ask(sql)) };
  },
  '/rows': async (data, request) => {
    const answer = await data.ask(asked.parse(request).sql);
    const rows = rowsOf(answer, MOST_ROWS);
    return json({ names: answer.names, rows: rows.map((row) => Object.values(row)), all: answer.rows });
  },
  '/csv': async (data, request) => {
    const answer = await data.ask(asked.parse(request).sql);
    return { type: 'text/csv', content: csv(answer.names, rowsOf(answer)) };
  },
  '/plot': async (data, request) => {
    const { sql, mark, x, y, color } = drawn.parse(request);
    const answer = await data.ask(sql);
    for (const name of [x, y, color]) {
      if (name && !answer.names.includes(name)) {
        throw new UserError(`no column ${name}: expected one of ${answer.names.join(', ')}`);
      }
    }
    if (answer.rows > MOST_ROWS) {
      throw new UserError(
        `${answer.rows} rows are too many for a drawing: expected at most ${MOST_ROWS}; let SQL aggregate them`,
      );
    }
    const options = { mark, x, y, ...(color ? { color } : {}) };
    const picture = await plot(rowsOf(answer), options);
    if ('missing' in picture) throw new UserError('the query finds no rows, so there is nothing to draw');
    return json({ svg: picture.svg, spec: picture.spec });
  },
};

/**
 * Answers what the page asks for.
 * @throws UserError for a path that answers nothing, a request that is none, and what DuckDB has against it
 */
export async function answerTo(data: Explored, path: string, request: unknown): Promise<Answered> {
  const answer = Object.hasOwn(ANSWERS, path) ? ANSWERS[path] : undefined;
  if (!answer) throw new UserError(`nothing answers at ${path}`);
  try {
    return await answer(data, request);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0]!;
    throw new UserError(`${issue.path.join('.') || 'the request'}: ${issue.message}`, { cause: error });
  }
}

function rowsOf({ names, columns, rows }: Answer, most = rows): Record<string, unknown>[] {
  return Array.from({ length: Math.min(rows, most) }, (_, row) =>
    Object.fromEntries(names.map((name, i) => [name, columns[i]![row]])),
  );
}

const json = (value: unknown): Answered => ({ type: 'application/json', content: JSON.stringify(value) });
