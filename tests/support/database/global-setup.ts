import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster } from '#scripts/database/cluster.ts';
import { makeTemplate } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for tests: the connection string of its database `postgres`. */
    serverUrl: string;
    /** The name of the migrated database there that tests clone. */
    templateName: string;
  }
}

type Server = { readonly url: string; stop(): Promise<void> };

/** Kinds of tests share one server and one template, however many of them run. */
const shared = globalThis as { testServer?: Promise<Server>; testServerUsers?: number };

async function openServer(): Promise<Server> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'stayler-tests-'));
  // The server's own account must reach it.
  chmodSync(folder, 0o755);
  const cluster = await startCluster({
    dataDir: folder,
    // A crash loses nothing of worth here, so nothing waits for the disk.
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  });
  return {
    url: cluster.url.replace(/\/aistayler$/, '/postgres'),
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.testServer ??= openServer();
  shared.testServerUsers = (shared.testServerUsers ?? 0) + 1;
  const server = await shared.testServer;
  project.provide('serverUrl', server.url);
  project.provide('templateName', await makeTemplate(server.url));
  return async () => {
    shared.testServerUsers = (shared.testServerUsers ?? 1) - 1;
    if (shared.testServerUsers > 0) return;
    shared.testServer = undefined;
    await server.stop();
  };
}
