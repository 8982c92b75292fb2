import { expect, it } from 'vitest';
import { sourceFiles } from './imports.ts';

/** Statements of the stores, as they stand in backticks. */
const statements = sourceFiles('lib').flatMap(({ path, text }) =>
  [...text.matchAll(/`[^`]*`/g)].map(([statement]) => ({ path, statement })),
);

const found = (isFault: (statement: string) => boolean) =>
  statements
    .filter(({ statement }) => isFault(statement))
    .map(({ path, statement }) => `${path}: ${statement.replace(/\s+/g, ' ')}`);

/** Of one thing, named by its key, or of one owner. */
const ofOne = /WHERE (?:\w+\.)?id = \$\{|WHERE coalesce\(user_id, vendor_id\) = \$\{/;

it('what is forgotten by its age goes so many rows at a time', () => {
  const isUnbounded = (statement: string) =>
    /DELETE FROM/.test(statement) &&
    /< (?:now|clock_timestamp)\(\)/.test(statement) &&
    !/LIMIT \$\{/.test(statement) &&
    !ofOne.test(statement);
  expect(found(isUnbounded)).toEqual([]);
});

it('what is due or over is found by an index: a clock that is asked for each row enters none', () => {
  // `now()` is one moment for the whole statement. Of one thing the clock may be asked as it is.
  const isReadThrough = (statement: string) =>
    /DELETE FROM|ORDER BY[\s\S]*LIMIT \$\{limit\}/.test(statement) &&
    /\b(?:WHERE|AND|OR) \(?(?:\w+\.)?\w+ <=? clock_timestamp\(\)/.test(statement) &&
    !ofOne.test(statement);
  expect(found(isReadThrough)).toEqual([]);
});
