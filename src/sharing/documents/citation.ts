import type { DataPackage } from '../../dataset/datapackage.js';

/** CITATION.cff of a dataset, as https://citation-file-format.github.io has it (1.2.0). */
export function citation(described: DataPackage): string {
  const lines = [
    'cff-version: 1.2.0',
    'message: If you use this data, please cite it as below.',
    'type: dataset',
    `title: ${quoted(described.title)}`,
    `version: ${quoted(described.version)}`,
    `date-released: ${described.created.slice(0, 10)}`,
    'license: CC-BY-4.0',
    ...(described.id ? identifier(described.id) : []),
    'authors:',
    ...described.contributors.flatMap(({ title, path }) => [
      `  - name: ${quoted(title)}`,
      ...(path?.startsWith('https://orcid.org/') ? [`    orcid: ${quoted(path)}`] : []),
      ...(path && !path.startsWith('https://orcid.org/') ? [`    website: ${quoted(path)}`] : []),
    ]),
    'keywords:',
    ...described.keywords.map((word) => `  - ${quoted(word)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function identifier(id: string): string[] {
  const doi = /^https:\/\/doi\.org\/(10\..+)$/.exec(id)?.[1];
  return [doi ? `doi: ${quoted(doi)}` : `url: ${quoted(id)}`];
}

/** A JSON string is a YAML string. */
const quoted = (text: string): string => JSON.stringify(text);
