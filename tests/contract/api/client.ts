import { randomUUID } from 'node:crypto';
import { scopesOf, type TokenScope } from '#lib/auth/token/kinds.ts';
import { insertToken } from '#lib/auth/token/store.ts';
import { hashToken, hintOf, tokenOf } from '#lib/auth/token/token-text.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { must } from '#tests/support/conversions.ts';

export type Asked = {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
};

/** Asks the API as the framework would: the route by its method, the address in its parts. */
export async function ask(method: string, path: string, asked: Asked = {}): Promise<Response> {
  const route = (await import('../../../app/api/v1/[...path]/route.ts')) as Record<
    string,
    (request: Request, context: { params: Promise<{ path: string[] }> }) => Promise<Response>
  >;
  const { token, headers = {}, query = '', body } = asked;
  const isRaw = body instanceof FormData || body instanceof Uint8Array;
  const request = new Request(`http://localhost:3000/api/v1${path}${query}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const work = route[method];
  if (!work) throw new Error(`no route for ${method}`);
  return work(request, { params: Promise.resolve({ path: path.split('/').filter(Boolean) }) });
}

/** A token of an account, with all it may be allowed unless said otherwise; without the second that hashing a password takes. */
export async function newToken(
  actor: AccountActor,
  scopes: readonly TokenScope[] = scopesOf[actor.kind],
): Promise<{ id: string; token: string }> {
  const { kind, accountId } = accountOf(actor);
  const id = randomUUID();
  const token = tokenOf(kind, id);
  const row = { id, name: 'a test', hash: hashToken(token), hint: hintOf(token), scopes, days: 30 } as const;
  must(await transact(async (tx) => succeed(await insertToken(tx, kind, accountId, row, 1000))));
  return { id, token };
}
