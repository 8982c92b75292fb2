import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../lib/styles/models/', import.meta.url);
const moderation = new URL('../../../lib/files/moderation/', import.meta.url);

/** The files that a notice names, with their sums. */
function sumsIn(place: URL): Map<string, string> {
  const notice = readFileSync(new URL('NOTICE.md', place), 'utf8');
  const found = Array.from(notice.matchAll(/\| (\S+) \| ([0-9a-f]{64}) \|/g), ([, file, sum]) => [file, sum]);
  return new Map(found as [string, string][]);
}

const sums = sumsIn(folder);

describe('the vendored models', () => {
  it('are the files the notice names, all of them and no others', () => {
    const files = readdirSync(folder).filter((name) => name !== 'NOTICE.md');
    expect(files.sort()).toEqual([...sums.keys()].sort());
  });

  it.each([
    ...[...sums].map(([file, sum]) => [file, sum, folder] as const),
    ...[...sumsIn(moderation)].map(([file, sum]) => [file, sum, moderation] as const),
  ])('%s is bit for bit what was reviewed', (file, sum, place) => {
    const bytes = readFileSync(new URL(file, place));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sum);
  });
});
