import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import { type Action, sealAction } from '#lib/core/action.ts';
import {
  type Actor,
  type AdminActor,
  type UserActor,
  type VendorActor,
  type VisitorActor,
  visitor,
} from '#lib/core/actor.ts';
import { isOurs } from '#lib/core/http/same-site.ts';
import { log } from '#lib/core/log.ts';
import { idOfRequest } from '#lib/core/request-id.ts';
import { fail, type PublicResult, type Result, toPublic } from '#lib/core/result.ts';
import { isStorable } from '#lib/core/storable-text.ts';
import { inSpan } from '#lib/core/trace/tracing.ts';
import { runForAccount } from '#lib/db/connection-turns.ts';
import { isUnfitValue } from '#lib/db/sql-errors.ts';
import { unavailableCode } from '#lib/db/unavailable.ts';
import { actForRequest } from '#lib/db/walls/acting.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import type { AccountPolicy, AddressPolicy, LimitKeys } from '#lib/rate-limit/policies.ts';
import type { Roles } from '../admin/policy.ts';
import { refuseAdmin } from '../admin/refuse-admin.ts';
import type { Device } from '../session/open-session.ts';
import { grantedBefore, grantOnce, wishOf } from '../wish/grant-once.ts';
import { currentAdmin, currentUser, currentVendor } from './current.ts';
import { invalidInput } from './invalid-input.ts';
import { currentDevice } from './request-context.ts';

/** What a handler is given: who acts, what was sent, and from where. */
export type Call<Someone, Input> = {
  readonly actor: Someone;
  readonly input: Input;
  readonly device: Device;
  /** For the row that the action makes, if it makes one: a request that is sent again finds it. */
  readonly newId: string;
};

type Door<Schema extends z.ZodType, View, Someone, Policy> = {
  readonly input: Schema;
  readonly limit: Policy;
  readonly handler: (call: Call<Someone, z.output<Schema>>) => Promise<Result<View>>;
};

async function pass<
  Schema extends z.ZodType,
  View,
  Someone extends Actor,
  Policy extends AccountPolicy | AddressPolicy,
>(
  door: Door<Schema, View, Someone, Policy>,
  actor: Someone | null,
  account: string | null,
  sent: unknown,
  key: unknown,
): Promise<Result<View>> {
  if (actor === null) {
    return (await grantedBefore<View>(key, null)) ?? fail('auth.required', 'nobody is signed in');
  }
  const device = await currentDevice();
  const { address } = device;
  const keys = { address, account: account ?? address } as unknown as LimitKeys<Policy>;
  const room = await checkLimit(door.limit, keys);
  const wish = account === null ? null : wishOf(account, key);
  if (!room.ok) return (wish && (await grantedBefore<View>(key, account))) ?? room;
  if (!isStorable(sent)) return fail('input.invalid', 'a text that cannot be kept');
  const parsed = door.input.safeParse(sent);
  if (!parsed.success) return invalidInput(parsed.error);
  const newId = idOfRequest(account ?? '', key);
  const handle = () => door.handler({ actor, input: parsed.data, device, newId });
  const result = await (account === null ? handle() : runForAccount(account, () => grantOnce(wish, handle)));
  if (!result.ok && result.code === 'notFound') await recordRefusal(actor, parsed.data, door.limit);
  return result;
}

/** The one place where a failure is written down and a bug is caught; its text stays on the server. */
async function answer<View>(limit: string, work: () => Promise<Result<View>>): Promise<PublicResult<View>> {
  try {
    const result = await actForRequest(() =>
      inSpan(`action ${limit}`, {}, async (span) => {
        // The proxy has asked already; a door does not rely on what stood before it.
        const worked = isOurs('POST', await headers())
          ? await work()
          : fail('request.crossSite', 'foreign or unsaid origin');
        if (!worked.ok) span?.setAttribute('result.code', worked.code);
        return worked;
      }),
    );
    if (!result.ok) log.info({ door: limit, errorCode: result.code, detail: result.detail }, 'refused');
    return toPublic(result);
  } catch (error) {
    unstable_rethrow(error);
    if (isUnfitValue(error)) return toPublic(fail('input.invalid', 'a value that fits nowhere'));
    log.error({ err: error, door: limit }, 'action failed');
    return toPublic(fail(unavailableCode(error) ?? 'internal', 'see the line before'));
  }
}

/** A server action for signed-in users. */
export function userAction<Schema extends z.ZodType, View>(
  door: Door<Schema, View, UserActor, AccountPolicy>,
): Action<View> {
  return sealAction(async (sent, key) =>
    answer(door.limit, async () => {
      const user = await currentUser();
      return pass(door, user, user && `user|${user.userId}`, sent, key);
    }),
  );
}

/** A server action for signed-in vendors. */
export function vendorAction<Schema extends z.ZodType, View>(
  door: Door<Schema, View, VendorActor, AccountPolicy>,
): Action<View> {
  return sealAction(async (sent, key) =>
    answer(door.limit, async () => {
      const vendor = await currentVendor();
      return pass(door, vendor, vendor && `vendor|${vendor.vendorId}`, sent, key);
    }),
  );
}

/** Why an administrator does something: kept for ever in the audit log. */
const adminReason = z.string().trim().min(3, 'admin.reason.short').max(300, 'admin.reason.long');

type AdminDoor<Shape extends z.ZodRawShape, View> = {
  /** Whose act it is, besides the owner's. */
  readonly roles: Roles;
  readonly input: z.ZodObject<Shape>;
  readonly handler: (call: Call<AdminActor, z.output<z.ZodObject<Shape>>>) => Promise<Result<View>>;
};

/**
 * A server action for administrators of these roles who signed in within the last hour and have shown their second
 * factor. It takes a `reason` beside its input; the
 * actor carries it, so that every audit row of the action has it. For everybody else there is nothing here.
 */
export function adminAction<Shape extends z.ZodRawShape, View>(door: AdminDoor<Shape, View>): Action<View> {
  const input = door.input.extend({ reason: adminReason });
  return sealAction(async (sent, key) =>
    answer('admin.act', async () => {
      const admin = await currentAdmin();
      const refused = refuseAdmin(admin, door.roles);
      if (!admin || refused) {
        const user = await currentUser();
        if (user) await recordRefusal(user, sent, 'admin.act');
        return refused ?? fail('notFound', 'not an administrator');
      }
      const { userId, sessionId } = admin.user;
      const someone: AdminActor = { kind: 'admin', userId, sessionId, reason: '' };
      const handler = (call: Call<AdminActor, unknown>) => {
        const { reason, ...wanted } = call.input as { reason: string };
        const parsed = wanted as z.output<z.ZodObject<Shape>>;
        return door.handler({ ...call, actor: { ...someone, reason }, input: parsed });
      };
      return pass({ input, limit: 'admin.act', handler }, someone, `admin|${userId}`, sent, key);
    }),
  );
}

/** A server action for anybody. */
export function publicAction<Schema extends z.ZodType, View>(
  door: Door<Schema, View, VisitorActor, AddressPolicy>,
): Action<View> {
  return sealAction(async (sent, key) => answer(door.limit, () => pass(door, visitor, null, sent, key)));
}
