import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionCookieName } from '#lib/auth/session/cookies.ts';
import { openSession } from '#lib/auth/session/open-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { buildFolder } from '#scripts/steps/build.ts';

/** What a door answers over the wire. */
export type ActionAnswer = { readonly ok: boolean; readonly code?: string; readonly value?: unknown };

type Known = { filename: string; exportedName: string; workers: Record<string, unknown> };

/** What a server action of the build is called by. Where two features have one of the name, it is `feature.name`. */
export function actionOf(name: string): string {
  const [action, feature = ''] = name.split('.').reverse();
  const file = join(buildFolder(), 'server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as { node: Record<string, Known> };
  const found = Object.entries(node).find(
    ([, { exportedName, filename }]) => exportedName === action && filename.includes(`lib/${feature}`),
  );
  if (!found) throw new Error(`no action ${name} in the build`);
  return found[0];
}

/** The value that a server action returned, out of React's stream: the root row names the row that holds it. */
export function readAnswer(text: string): ActionAnswer {
  const rows = new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)] as const;
    }),
  );
  const top = JSON.parse(rows.get('0') ?? '{}') as { a?: unknown };
  const held = typeof top.a === 'string' ? rows.get(top.a.replace(/^\$@?/, '')) : JSON.stringify(top.a);
  if (!held) throw new Error(`no answer in ${text.slice(0, 200)}`);
  return JSON.parse(held) as ActionAnswer;
}

export type Browser = {
  readonly cookie: string;
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Calls a server action as the page `path` would. */
  act(name: string, path: string, input: unknown, signal?: AbortSignal): Promise<ActionAnswer>;
  /** Sends a photo as the studio does, or a picture as a gallery does; its image id. */
  upload(bytes: Buffer, slug?: 'photo' | 'gallery'): Promise<string>;
};

/** Somebody at a web server, with a cookie or without; `heard` is called with every answer before it is read. */
export function browserAt(url: string, cookie = '', heard: (response: Response) => void = () => {}): Browser {
  const common = { cookie, origin: url, 'sec-fetch-site': 'same-origin' };
  const get: Browser['get'] = async (path, init = {}) => {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...init,
      headers: { ...common, ...(init.headers as Record<string, string>) },
    });
    heard(response);
    return response;
  };
  return {
    cookie,
    get,
    async act(name, path, input, signal = AbortSignal.timeout(30_000)) {
      const headers = { 'next-action': actionOf(name), 'content-type': 'text/plain;charset=UTF-8' };
      const response = await get(path, {
        method: 'POST',
        headers: { ...headers, accept: 'text/x-component' },
        body: JSON.stringify([input]),
        signal,
      });
      const text = await response.text();
      if (response.headers.get('content-type')?.includes('json')) return JSON.parse(text) as ActionAnswer;
      return readAnswer(text);
    },
    async upload(bytes, slug = 'photo') {
      const asked = await get(`/api/uploadthing?actionType=upload&slug=${slug}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-uploadthing-package': 'uploadthing/client',
          'x-uploadthing-version': '7.7.4',
        },
        body: JSON.stringify({
          files: [{ name: 'photo.jpg', size: bytes.length, type: 'image/jpeg' }],
          input: null,
        }),
      });
      if (!asked.ok) throw new Error(`upload: ${asked.status} ${await asked.text()}`);
      const [place] = (await asked.json()) as { url: string }[];
      const form = new FormData();
      form.set('file', new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }), 'photo.jpg');
      const sent = await fetch(new URL(place?.url ?? '', url), {
        method: 'PUT',
        body: form,
        headers: { range: 'bytes=0-' },
        signal: AbortSignal.timeout(30_000),
      });
      const { serverData } = (await sent.json()) as { serverData?: { image?: { id: string } } };
      if (!serverData?.image) throw new Error(`upload: ${sent.status} ${JSON.stringify(serverData)}`);
      return serverData.image.id;
    },
  };
}

/** The cookie of a fresh session of an account that is there. */
export async function cookieOf(kind: AccountKind, accountId: string): Promise<string> {
  const device = { address: '127.0.0.1', userAgent: 'fault test' };
  const opened = await transact(async (tx) => succeed(await openSession(tx, kind, accountId, device)));
  if (!opened.ok) throw new Error(opened.detail);
  return `${sessionCookieName(kind)}=${await sealClaims(opened.value)}`;
}
