import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../lib/styles/local/models/', import.meta.url);
const notice = readFileSync(new URL('NOTICE.md', folder), 'utf8');
const sums = new Map(
  Array.from(notice.matchAll(/\| (\S+) \| ([0-9a-f]{64}) \|/g), ([, file, sum]) => [file, sum]),
);

describe('the vendored models', () => {
  it('are the files the notice names, all of them and no others', () => {
    const files = readdirSync(folder).filter((name) => name !== 'NOTICE.md');
    expect(files.sort()).toEqual([...sums.keys()].sort());
  });

  it.each([...sums])('%s is bit for bit what was reviewed', (file, sum) => {
    const bytes = readFileSync(new URL(String(file), folder));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sum);
  });
});
