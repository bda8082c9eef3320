import { watch as observe, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Tells of every file below these folders that is written or replaced, by its path from `root`. Folders are watched, not
 * files: editors, `sed -i` and `git checkout` put a new file in the place of the old one, which a watch of the old would
 * never hear of.
 * @returns a function that ends it
 */
export function watchSources(
  root: string,
  folders: readonly string[],
  changed: (path: string) => void,
): () => void {
  const all = folders.flatMap((folder) => [join(root, folder), ...foldersBelow(join(root, folder))]);
  const watchers = all.map((folder) =>
    observe(folder, (_, name) => {
      if (name !== null) changed(relative(root, join(folder, name)));
    }),
  );
  return () => {
    for (const one of watchers) one.close();
  };
}

function foldersBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => join(one.parentPath, one.name));
}
