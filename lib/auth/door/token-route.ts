import { z } from 'zod';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { AccountActor, AccountKind, UserActor, VendorActor } from '#lib/core/actor.ts';
import { notKept } from '#lib/core/answer.ts';
import { idOfRequest } from '#lib/core/request-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { isStorable } from '#lib/core/storable-text.ts';
import { checkLimit, type LimitRoom } from '#lib/rate-limit/check-limit.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import type { AccountPolicy } from '#lib/rate-limit/policies.ts';
import en from '#messages/en.json' with { type: 'json' };
import { answerOnce, type RequestKey, readRequestKey } from '../answer/answer-once.ts';
import { findToken } from '../token/find-token.ts';
import type { TokenScope } from '../token/kinds.ts';
import { invalidInput } from './invalid-input.ts';
import { answerProblem } from './problem.ts';
import { buildRoute, type Passed, type Route } from './route.ts';
import { readSent, type SentPicture } from './sent-body.ts';

/** What an operation is given: who acts, what was sent, and what the request is called. */
type ApiCall<Someone, Input> = {
  readonly actor: Someone;
  readonly input: Input;
  /** The picture of an operation that takes one. */
  readonly picture: SentPicture;
  /** For the row that it makes, if it makes one: the same request under the same key finds it. */
  readonly newId: string;
  /** What a browser would call the wish (`lib/core/request-id.ts`); undefined without an Idempotency-Key. */
  readonly wish: string | undefined;
  readonly request: Request;
};

/** What comes back: a value of this shape as JSON, nothing, the bytes of a picture, or a stream of events. */
type ApiAnswer<Schema extends z.ZodType = z.ZodType> =
  | { readonly status: 200 | 201 | 202; readonly json: Schema }
  | { readonly status: 204 }
  | { readonly status: 200; readonly bytes: readonly string[] }
  | { readonly status: 200; readonly events: Schema };

type ApiDoor<Input extends z.ZodType, Schema extends z.ZodType, Someone> = {
  /** The method, and the address below `/api/v1` with its parts in braces, which are names in `input`. */
  readonly at: `${Method} /${string}`;
  /** What generated clients call it; its sentence is in `messages/` under `developers.operations`. */
  readonly id: OperationId;
  readonly scope: TokenScope | null;
  /** Path, query and body in one. */
  readonly input: Input;
  /** It takes a picture as well, of so many bytes at most: as the body, or as the file of a form. */
  readonly pictureBytes?: number;
  readonly limit: AccountPolicy;
  readonly answer: ApiAnswer<Schema>;
  readonly handler: (
    call: ApiCall<Someone, z.output<Input>>,
  ) => Promise<Response | Result<z.input<Schema> | null>>;
};

/** The operations that `messages/` has a sentence for. */
type OperationId = keyof (typeof en)['developers']['operations'];

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An operation as the router and the document know it. */
export type Operation = Omit<ApiDoor<z.ZodType, z.ZodType, never>, 'handler' | 'at'> & {
  readonly method: Method;
  readonly path: string;
  readonly for: readonly AccountKind[];
  readonly route: Route;
};

type ApiActor = AccountActor & { readonly scopes: readonly TokenScope[] };

/** Who shows a token. A cookie is not looked at. Tries with wrong ones are counted where they come from. */
async function passToken(request: Request): Promise<Passed<ApiActor>> {
  const token = await findToken(request.headers);
  if (!token) {
    const room = await checkLimit('public.read', { address: clientAddress(request.headers) });
    return room.ok ? fail('auth.required', 'no token that may be used') : room;
  }
  const { tokenId: sessionId, accountId, kind, scopes } = token;
  const actor =
    kind === 'user'
      ? ({ kind, userId: accountId, sessionId, scopes } as const)
      : ({ kind, vendorId: accountId, sessionId, scopes } as const);
  return succeed({ actor, account: `${kind}|${accountId}` });
}

/** What is left of the budget, by the IETF's draft-ietf-httpapi-ratelimit-headers-10. */
function sayRoom(answer: Response, room: LimitRoom | null): void {
  if (!room) return;
  const { policy, points, seconds, left, resetSeconds } = room;
  answer.headers.set('ratelimit-policy', `"${policy}";q=${points};w=${seconds}`);
  answer.headers.set('ratelimit', `"${policy}";r=${left};t=${resetSeconds}`);
}

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Nothing is asked of the parts here: `input` knows them. */
const anyText = z.record(z.string(), z.string());

function operation<Input extends z.ZodType, Schema extends z.ZodType, Someone extends AccountActor>(
  kinds: readonly AccountKind[],
  { at, handler, ...door }: ApiDoor<Input, Schema, Someone>,
): Operation {
  const [method = 'GET', path = ''] = at.split(' ') as [Method, string];
  const parts = namesIn(path);
  const route = buildRoute<typeof anyText, typeof anyText, ApiActor>(
    {
      params: anyText,
      query: anyText,
      limit: door.limit,
      refused: answerProblem,
      finish: sayRoom,
      handler: async ({ actor, params, query, request }) => {
        const key = method === 'GET' ? succeed(null) : readRequestKey(request.headers);
        if (!key.ok) return key;
        const sent = await readSent(request, door.pictureBytes ?? null);
        if (!sent.ok) return sent;
        const said = { ...query, ...sent.value.fields, ...params };
        if (!isStorable(said)) return fail('input.invalid', 'a text that cannot be kept');
        const parsed = door.input.safeParse(said);
        if (!parsed.success) {
          const isPath = parsed.error.issues.every(({ path: at }) => parts.includes(String(at[0])));
          return isPath ? fail('notFound', 'no such path') : invalidInput(parsed.error);
        }
        const call = { actor: actor as unknown as Someone, input: parsed.data, request };
        const work = async (wish: string | undefined) => {
          const newId = idOfRequest(accountName(actor), wish);
          const done = await handler({ ...call, picture: sent.value.picture, newId, wish });
          if (done instanceof Response || done.ok) return done;
          if (done.code === 'notFound') await recordRefusal(actor, said, door.id);
          return done;
        };
        if (key.value === null) return answerWith(door.answer, await work(undefined));
        const what = JSON.stringify([at, said, sent.value.digest]);
        return once(actor, key.value, what, request, async (wish) =>
          answerWith(door.answer, await work(wish)),
        );
      },
    },
    async (request) => {
      const passed = await passToken(request);
      if (!passed.ok) return passed;
      const { kind, scopes } = passed.value.actor;
      const may = kinds.includes(kind) && (door.scope === null || scopes.includes(door.scope));
      return may ? passed : fail('token.scope', `${kind} without ${door.scope ?? kinds.join()}`);
    },
  );
  return {
    ...(door as Omit<Operation, 'method' | 'path' | 'for' | 'route'>),
    method,
    path,
    for: kinds,
    route,
  };
}

const accountName = (actor: AccountActor) =>
  actor.kind === 'user' ? `user|${actor.userId}` : `vendor|${actor.vendorId}`;

/** Takes the value to its status. */
function answerWith(answer: ApiAnswer, done: Response | Result<unknown>): Response | Result<unknown> {
  if (done instanceof Response || !done.ok) return done;
  const headers = { 'cache-control': notKept };
  if (answer.status === 204) return new Response(null, { status: 204, headers });
  return Response.json(done.value, { status: answer.status, headers });
}

/** Works once under a key, and says the same again to the same request. */
async function once(
  actor: AccountActor,
  key: RequestKey,
  what: string,
  request: Request,
  work: (wish: string) => Promise<Response | Result<unknown>>,
): Promise<Response | Result<unknown>> {
  const told = await answerOnce(actor, key, what, async () => {
    const done = await work(key.wish);
    const answer = done instanceof Response ? done : done.ok ? null : answerProblem(done, request);
    if (!answer) throw new Error('an operation answered a bare value');
    return { status: answer.status, body: await answer.text() };
  });
  if (!told.ok) return told;
  const { status, body, isReplay } = told.value;
  return new Response(status === 204 ? null : body, {
    status,
    headers: {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      'cache-control': notKept,
      ...(isReplay ? { 'idempotent-replayed': 'true' } : {}),
    },
  });
}

/** An operation of the API for tokens of users. */
export function userOperation<Input extends z.ZodType, Schema extends z.ZodType>(
  door: ApiDoor<Input, Schema, UserActor>,
): Operation {
  return operation(['user'], door);
}

/** An operation of the API for tokens of vendors. */
export function vendorOperation<Input extends z.ZodType, Schema extends z.ZodType>(
  door: ApiDoor<Input, Schema, VendorActor>,
): Operation {
  return operation(['vendor'], door);
}

/** An operation of the API for tokens of either. */
export function accountOperation<Input extends z.ZodType, Schema extends z.ZodType>(
  door: ApiDoor<Input, Schema, AccountActor>,
): Operation {
  return operation(['user', 'vendor'], door);
}

const partsOf = (path: string) => path.split('/').filter(Boolean);

/** The parts of an address that a path names; null where it is another one. */
function matchPath(path: string, asked: readonly string[]): Record<string, string> | null {
  const wanted = partsOf(path);
  if (wanted.length !== asked.length) return null;
  const found: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) found[name] = asked[at] ?? '';
    else if (part !== asked[at]) return null;
  }
  return found;
}

/** The route of all operations with one method: what the table does not name is not there. */
export function apiRoute(operations: readonly Operation[], method: Method): Route {
  return async (request, context) => {
    const asked = [(await context?.params)?.path ?? []].flat();
    const there = operations.flatMap((one) => {
      const params = matchPath(one.path, asked);
      return params ? [{ one, params }] : [];
    });
    const found = there.find(({ one }) => one.method === method);
    if (found) return found.one.route(request, { params: Promise.resolve(found.params) });
    if (there.length === 0) return answerProblem(fail('notFound', 'no such operation'), request);
    const answer = answerProblem(fail('request.methodUnknown', 'no such method here'), request);
    answer.headers.set('allow', there.map(({ one }) => one.method).join(', '));
    return answer;
  };
}
