import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { type AdminActor, type VisitorActor, visitor } from '#lib/core/actor.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { sayLength } from '#lib/core/http/answer-length.ts';
import { isFromElsewhere } from '#lib/core/http/same-site.ts';
import { log } from '#lib/core/log.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { isStorable } from '#lib/core/storable-text.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { isUnfitValue } from '#lib/db/sql-errors.ts';
import { unavailableCode } from '#lib/db/unavailable.ts';
import { actForRequest } from '#lib/db/walls/acting.ts';
import { type LimitRoom, takeLimit } from '#lib/rate-limit/check-limit.ts';
import type { AccountPolicy, AddressPolicy, LimitKeys } from '#lib/rate-limit/policies.ts';
import type { Roles } from '../admin/policy.ts';
import { refuseAdmin } from '../admin/refuse-admin.ts';
import type { Device } from '../session/open-session.ts';
import {
  adminFromRequest,
  type CurrentUser,
  type CurrentVendor,
  userFromRequest,
  vendorFromRequest,
} from './current.ts';
import { deviceOf } from './request-context.ts';

/** A route handler as the framework calls it. */
export type Route = (request: Request, context?: RouteContext) => Promise<Response>;
type RouteContext = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>> };

/** What a route's handler is given: who asks, the checked parts of the address, and the request itself. */
type RouteCall<Someone, Params, Query> = {
  readonly actor: Someone;
  readonly params: Params;
  readonly query: Query;
  readonly device: Device;
  readonly request: Request;
};

/** Why a route has no limit: it costs nothing, or must answer when nothing can be counted. */
type Unlimited = { readonly unlimited: string };

type RouteDoor<Params extends z.ZodType, Query extends z.ZodType, Someone, Limit> = {
  /** The dynamic parts of the path. Whatever does not fit is not found. */
  readonly params?: Params;
  /** The query, each name once. Whatever does not fit is `input.invalid`. */
  readonly query?: Query;
  readonly limit: Limit;
  /** A response as it is, also one that was succeeded in; a value as JSON that nobody keeps; a failure under its own status. */
  readonly handler: (
    call: RouteCall<Someone, z.output<Params>, z.output<Query>>,
  ) => Promise<Response | Result<unknown>>;
  /** How a failure is answered where its code as JSON would not do: to a person, or to nobody. */
  readonly refused?: (failure: Failure, request: Request) => Response;
  /** What every answer carries besides: what is left of the budget. */
  readonly finish?: (answer: Response, room: LimitRoom | null) => void;
};

export type Passed<Someone> = Result<{ readonly actor: Someone; readonly account: string | null }>;

/** Longer than any address of ours. */
const longestAddress = 4096;
const nothing = z.unknown();

/** What the database cannot hold in a text and what only a forged address is made of. */
function isForged(url: URL): boolean {
  return (
    url.href.length > longestAddress || !isStorable([...url.searchParams].flat()) || /%00/.test(url.href)
  );
}

async function spend(limit: AccountPolicy | AddressPolicy, address: string, account: string | null) {
  const keys = { address, account: account ?? address } as unknown as LimitKeys<AccountPolicy>;
  return takeLimit(limit as AccountPolicy, keys);
}

/**
 * What every route is made of, in this order: an address that can be ours, who asks, their budget, the address
 * checked part by part, the work. Whatever is thrown is written down here and answered without its text.
 */
export function buildRoute<Params extends z.ZodType, Query extends z.ZodType, Someone>(
  door: RouteDoor<Params, Query, Someone, AccountPolicy | AddressPolicy | Unlimited>,
  pass: (request: Request, url: URL) => Promise<Passed<Someone>>,
): Route {
  const { limit } = door;
  const work = async (
    request: Request,
    context: RouteContext | undefined,
    seen: { room: LimitRoom | null },
  ): Promise<Response | Result<unknown>> => {
    const url = new URL(request.url);
    if (isForged(url)) return fail('input.invalid', 'no address of ours');
    const passed = await pass(request, url);
    if (!passed.ok) return passed;
    const { actor, account } = passed.value;
    const device = deviceOf(request.headers);
    if (typeof limit === 'string') {
      const taken = await spend(limit, device.address, account);
      if (!taken.ok) return taken;
      seen.room = taken.value.room;
    }
    const params = (door.params ?? nothing).safeParse((await context?.params) ?? {});
    if (!params.success) return fail('notFound', `no such path: ${params.error.issues[0]?.path.join('.')}`);
    const query = (door.query ?? nothing).safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) {
      return fail('input.invalid', `query: ${query.error.issues.map(({ path }) => path.join('.'))}`);
    }
    const handle = () =>
      door.handler({
        actor,
        params: params.data as z.output<Params>,
        query: query.data as z.output<Query>,
        device,
        request,
      });
    return account === null ? handle() : runForAccount(account, handle);
  };
  const answerTo = async (
    request: Request,
    context: RouteContext | undefined,
    seen: { room: LimitRoom | null },
  ): Promise<Response> => {
    const name = typeof limit === 'string' ? limit : limit.unlimited;
    const done = await actForRequest(() => work(request, context, seen)).catch((error: unknown): Failure => {
      unstable_rethrow(error);
      if (isUnfitValue(error)) return fail('input.invalid', 'a value that fits nowhere');
      log.error({ err: error, door: name }, 'route failed');
      const away = unavailableCode(error);
      return away ? fail(away, 'the database is away', { retryAfterSeconds: 2 }) : fail('internal', 'a bug');
    });
    if (done instanceof Response) return withLength(done);
    // A use case may answer with the response itself, as what it succeeded in.
    if (done.ok && done.value instanceof Response) return withLength(done.value);
    if (done.ok) return Response.json(done.value, { headers: { 'cache-control': notKept } });
    log.info({ door: name, errorCode: done.code, detail: done.detail }, 'refused');
    return door.refused?.(done, request) ?? answerFailure(done);
  };
  return async (request, context) => {
    const seen = { room: null };
    const answer = await answerTo(request, context, seen);
    door.finish?.(answer, seen.room);
    return answer;
  };
}

function withLength(response: Response): Response {
  sayLength(response);
  return response;
}

const foreign = () => fail('request.crossSite', 'asked for by a page of somebody else');
const noSession = () => fail('auth.required', 'no session');

async function passUser(request: Request): Promise<Passed<CurrentUser>> {
  if (isFromElsewhere(request.headers)) return foreign();
  const actor = await userFromRequest(request);
  return actor ? succeed({ actor, account: `user|${actor.userId}` }) : noSession();
}

async function passVendor(request: Request): Promise<Passed<CurrentVendor>> {
  if (isFromElsewhere(request.headers)) return foreign();
  const actor = await vendorFromRequest(request);
  return actor ? succeed({ actor, account: `vendor|${actor.vendorId}` }) : noSession();
}

async function passAdmin(request: Request, roles: Roles): Promise<Passed<AdminActor>> {
  if (isFromElsewhere(request.headers)) return foreign();
  const admin = await adminFromRequest(request);
  const refused = refuseAdmin(admin, roles);
  if (!admin || refused) return refused ?? fail('notFound', 'not an administrator');
  const { userId, sessionId } = admin.user;
  return succeed({ actor: { kind: 'admin', userId, sessionId, reason: '' }, account: `admin|${userId}` });
}

type None = z.ZodUnknown;

/** A route for signed-in users. A page of another site cannot ask it in their name, not even to read. */
export function userRoute<Params extends z.ZodType = None, Query extends z.ZodType = None>(
  door: RouteDoor<Params, Query, CurrentUser, AccountPolicy>,
): Route {
  return buildRoute(door, passUser);
}

/** The same for signed-in vendors. */
export function vendorRoute<Params extends z.ZodType = None, Query extends z.ZodType = None>(
  door: RouteDoor<Params, Query, CurrentVendor, AccountPolicy>,
): Route {
  return buildRoute(door, passVendor);
}

/** A route that users and vendors have alike: for the signed-in vendor with `?as=vendor`, else for the user. */
export function accountRoute<Params extends z.ZodType = None, Query extends z.ZodType = None>(
  door: RouteDoor<Params, Query, CurrentUser | CurrentVendor, AccountPolicy>,
): Route {
  return buildRoute(door, (request, url) =>
    url.searchParams.get('as') === 'vendor' ? passVendor(request) : passUser(request),
  );
}

/**
 * A route for administrators of these roles who signed in within the last hour and have shown their second factor;
 * for everybody else there is nothing here. The actor's `reason` is empty: a route that does something takes one and sets it.
 */
export function adminRoute<Params extends z.ZodType = None, Query extends z.ZodType = None>(
  door: RouteDoor<Params, Query, AdminActor, AccountPolicy> & {
    /** Whose it is; of a route that leads to several places, by its address. */
    readonly roles: Roles | ((url: URL) => Roles);
  },
): Route {
  const { roles } = door;
  return buildRoute(door, (request, url) =>
    passAdmin(request, typeof roles === 'function' ? roles(url) : roles),
  );
}

type PublicDoor<Params extends z.ZodType, Query extends z.ZodType> = RouteDoor<
  Params,
  Query,
  VisitorActor,
  AddressPolicy | Unlimited
> & {
  /** For what writes something or hands out a lot: only a page of ours may ask. */
  readonly ownPagesOnly?: true;
};

/** A route for anybody. */
export function publicRoute<Params extends z.ZodType = None, Query extends z.ZodType = None>(
  door: PublicDoor<Params, Query>,
): Route {
  return buildRoute(door, async (request) =>
    door.ownPagesOnly && isFromElsewhere(request.headers)
      ? foreign()
      : succeed({ actor: visitor, account: null }),
  );
}
