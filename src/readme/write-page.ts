import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileWhole } from '../common/files.js';
import { PAGE_FILE, readDataPackage } from '../dataset/datapackage.js';
import type { Dataset } from '../dataset/open.js';
import { openDataset } from '../results/core/open.js';
import { datasetPage, notesOf } from './dataset-page.js';

/** A page as it is, and as the data makes it. */
export interface Made {
  path: string;
  before: string;
  after: string;
}

/** The page of the dataset in a folder as it should be, with the notes of the one that is there; and that one. */
export async function pageFromData(folder: string): Promise<Made> {
  const data = await openDataset(folder);
  try {
    return await pageOf(data);
  } finally {
    data.close();
  }
}

/** The same of a dataset that is open. */
export async function pageOf(data: Dataset): Promise<Made> {
  const path = join(data.folder, PAGE_FILE);
  const before = await readFile(path, 'utf8').catch(() => '');
  const { title } = await readDataPackage(data.folder);
  return { path, before, after: await datasetPage(data, title, notesOf(before)) };
}

/** Writes the page of a dataset into its folder, and says where. */
export async function writePage(folder: string): Promise<string> {
  const { path, before, after } = await pageFromData(folder);
  if (before !== after) await writeFileWhole(path, after);
  return path;
}
