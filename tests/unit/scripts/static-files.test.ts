import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staticFiles } from '#scripts/steps/static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'stayler-static-'));
let server: Server;
let url: string;

beforeAll(async () => {
  const [own, shelf] = [join(folder, 'own'), join(folder, 'shelf')];
  for (const place of [own, shelf]) {
    mkdirSync(join(place, 'chunks'), { recursive: true });
    writeFileSync(join(place, 'chunks', `${place === own ? 'new' : 'old'}.js`), 'one()');
  }
  const answer = staticFiles(own, shelf, 'public');
  server = createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(299).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const files = [
  '/_next/static/chunks/new.js',
  '/_next/static/chunks/old.js?dpl=1',
  '/sw.js',
  '/icons/192.png',
  '/%69cons/192.png',
];
const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

test.each(files)('%s is read, and takes nothing: 405 says how it may be asked for', async (path) => {
  for (const method of ['GET', 'HEAD']) expect((await fetch(`${url}${path}`, { method })).status).toBe(200);
  for (const method of methods) {
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(method !== 'OPTIONS' && { body: 'x'.repeat(99) }),
    });
    expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
  }
});

test('what is no file is left to the framework, whatever the method', async () => {
  for (const path of ['/', '/explore', '/api/conversions', '/icons', '/sw.js/x'])
    for (const method of [...methods, 'GET'])
      expect((await fetch(`${url}${path}`, { method })).status, `${method} ${path}`).toBe(299);
  for (const path of ['/_next/static/chunks/nobody.js', '/favicon.ico', '/icon.svg', '/apple-icon.png'])
    expect((await fetch(`${url}${path}`, { method: 'POST' })).status, path).toBe(405);
});
