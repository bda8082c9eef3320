import type { z } from '../src/common/bundled/zod.js';
import { closest } from '../src/common/errors.js';

/** The names of the fields that a scenario may have, by where they stand: the empty text is the file itself. */
export type KnownFields = Readonly<Record<string, readonly string[]>>;

/** What is wrong with a scenario, in words: the field, what was expected, what came, and the nearest name where there is one. */
export function issueInWords(issue: z.core.$ZodIssue, known: KnownFields): string {
  // the place in a list is left out: what came tells it
  const field = issue.path.filter((part) => typeof part === 'string').join('.');
  const { input } = issue;
  if (issue.code === 'unrecognized_keys') {
    const names = known[field] ?? [];
    const within = field === '' ? 'the file' : field;
    return issue.keys
      .map(
        (key) => `  ${within}: expected no field but ${names.join(', ')}, received ${key}${near(key, names)}`,
      )
      .join('\n');
  }
  const received = input === undefined ? 'nothing' : JSON.stringify(input);
  const names = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return `  ${field || 'the file'}: expected ${expected(issue)}, received ${received}${near(input, names)}`;
}

const TYPES: Record<string, string> = {
  array: 'one or more',
  int: 'a whole number',
  object: 'fields with values',
  string: 'a text',
};

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a ${issue.expected}`;
    case 'too_small': {
      if (issue.origin === 'string') return 'a text';
      if (issue.origin === 'array') return 'one or more';
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    }
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((one) => one.slice(0, 1).map(expected)))].join(', or ');
    default:
      return issue.message;
  }
}

function near(received: unknown, names: readonly string[]): string {
  const name = typeof received === 'string' ? closest(received, names) : undefined;
  return name ? ` (did you mean ${name}?)` : '';
}
