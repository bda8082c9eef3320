import type { Duck } from './duck.js';
import { defineTables1 } from './format-1.js';
import { TABLES } from './schema.js';
import { defineTable } from './views.js';

/** Makes every table of a dataset's folder a view in DuckDB, with the columns and types of the schema. */
export async function defineTables(duck: Duck, folder: string, format: number): Promise<void> {
  if (format === 1) return defineTables1(duck, folder);
  for (const table of Object.values(TABLES)) await defineTable(duck, folder, table);
}
