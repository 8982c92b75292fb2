import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readActionKey } from '#lib/core/env/env.ts';

const folder = mkdtempSync(join(tmpdir(), 'stayler-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const source = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  NODE_ENV: 'test',
  DATA_DIR: folder,
  ...more,
});
const own = Buffer.alloc(32, 7).toString('base64');

it('is made once for an installation, and is 32 bytes', () => {
  const key = readActionKey(source());
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(readActionKey(source())).toBe(key);
  expect(readActionKey(source({ DATA_DIR: join(folder, 'another') }))).not.toBe(key);
});

it('is the one that is set, and a malformed one stops the build without being shown', () => {
  expect(readActionKey(source({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: own }))).toBe(own);
  for (const wrong of [own.slice(1), 'secret', Buffer.alloc(16).toString('base64')]) {
    const read = () => readActionKey(source({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: wrong }));
    expect(read).toThrow(/NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is malformed/);
    expect(read).not.toThrow(wrong);
  }
});
