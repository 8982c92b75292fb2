import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { roles } from '#lib/db/walls/rights.ts';

/** What is remembered beside the data: how to reach the server, and which process of ours answers for it. */
export type Note = { port: number; password: string; ownerPid: number };

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A free port on the loopback address: the preferred one when it is free. */
export async function freePort(preferred?: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
      });
    });
  const port = (preferred && (await tryPort(preferred))) || (await tryPort(0));
  if (!port) throw new Error('No free port on 127.0.0.1 for the embedded database.');
  return port;
}

export function urlOf(note: Note, database: string): string {
  return `postgres://postgres:${note.password}@127.0.0.1:${note.port}/${database}`;
}

/** The role that the program works as, with a password that is known wherever the owner's is. */
export function appUrlOf(note: Note): string {
  const url = new URL(urlOf(note, 'aistayler'));
  url.username = roles.app;
  url.password = createHmac('sha256', note.password).update(roles.app).digest('hex');
  return url.href;
}

/** Whether the noted server accepts our password now. */
export async function answers(note: Note): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(note, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** The pid in the server's own lock file, when that process lives and really is this server. */
export function livingServer(data: string): number | null {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return null;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') ? pid : null;
  } catch {
    return pid;
  }
}
