import { listOpenCodes, type OpenCode } from '#lib/auth/device-code/open-codes.ts';
import { requireUser, requireVendor } from '#lib/auth/door/current.ts';
import { type DeviceView, listDevices } from '#lib/auth/session/list-devices.ts';
import { listTokens, type TokenView } from '#lib/auth/token/list-tokens.ts';
import { listMessengers, type MessengerView } from '#lib/bot/chat/list-messengers.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { type EndpointView, listEndpoints } from '#lib/webhooks/endpoint/list-endpoints.ts';
import { listNoticeSwitches, type NoticeSwitch } from './notice-switches.ts';
import { findUserProfile, findVendorProfile, type Profile } from './store.ts';

/** What the page of an account shows. */
export type AccountView = Profile & {
  readonly phone: string;
  readonly devices: readonly DeviceView[];
  readonly notices: readonly NoticeSwitch[];
  readonly tokens: readonly TokenView[];
  readonly webhooks: readonly EndpointView[];
  /** Of a user: the bots that there are, and the chats that are linked. */
  readonly messengers: readonly MessengerView[];
};

const nothing: Profile = { name: null, bio: null, avatarUrl: null };

/** The signed-in user's own page. */
export async function getUserAccount(locale: Locale): Promise<AccountView> {
  const user = await requireUser(locale);
  const [profile, devices, notices, tokens, webhooks, messengers] = await Promise.all([
    findUserProfile(db(), user.userId),
    listDevices(user),
    listNoticeSwitches(user),
    listTokens(user),
    listEndpoints(user),
    listMessengers(user),
  ]);
  return { ...(profile ?? nothing), phone: user.phone, devices, notices, tokens, webhooks, messengers };
}

/** The signed-in vendor's own page. */
export async function getVendorAccount(locale: Locale): Promise<AccountView> {
  const vendor = await requireVendor(locale);
  const [profile, devices, notices, tokens, webhooks] = await Promise.all([
    findVendorProfile(db(), vendor.vendorId),
    listDevices(vendor),
    listNoticeSwitches(vendor),
    listTokens(vendor),
    listEndpoints(vendor),
  ]);
  const shown = { devices, notices, tokens, webhooks, messengers: [] };
  return { ...(profile ?? nothing), phone: vendor.phone, ...shown };
}

/** The codes for signing in elsewhere that the signed-in user's devices show at the moment. */
export async function getUserCodes(locale: Locale): Promise<OpenCode[]> {
  return listOpenCodes(await requireUser(locale));
}

/** The same for the signed-in vendor. */
export async function getVendorCodes(locale: Locale): Promise<OpenCode[]> {
  return listOpenCodes(await requireVendor(locale));
}
