import { randomUUID } from 'node:crypto';
import { createToken } from '#lib/auth/token/change-tokens.ts';
import { scopesOf, type TokenScope } from '#lib/auth/token/kinds.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { must } from '#tests/support/conversions.ts';
import { password } from '#tests/support/identity.ts';

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

/** A token of an account, made as its owner makes it; with all it may be allowed, unless said otherwise. */
export async function newToken(
  actor: AccountActor,
  scopes?: readonly TokenScope[],
): Promise<{ id: string; token: string }> {
  const wanted = scopes ?? scopesOf[actor.kind];
  return must(await createToken(actor, { name: 'a test', scopes: wanted, days: 30, password }, randomUUID()));
}
