import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import { faultEndpoint } from './faces.ts';
import { addFault, clearFaults, forgetAll, listRequests, mergeSettings, moveClock } from './schema-store.ts';
import { returnUrl, settleSession } from './serve-payer.ts';
import { faultSchema, type Settings, settingsSchema } from './settings.ts';
import { findSession, forceStatus, listSessions } from './store.ts';

/** What opens the control interface: derived from NEXTAUTH_SECRET, so that the person who runs the program knows it. */
export function controlToken(): string {
  return deriveKey('zarinpal-emulator.control').toString('hex');
}

const loopback = new Set(['127.0.0.1', '::1']);

function mayControl(request: Request): boolean {
  const sent = Buffer.from(request.headers.get('authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${controlToken()}`);
  const isLocal = loopback.has(clientAddress(request.headers, 0));
  return isLocal && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

/** Numbers too large for JSON's own become text. */
const json = (value: unknown, status = 200) =>
  new Response(
    JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? one.toString() : one)),
    { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } },
  );

const done = () => json({ ok: true });
const wrong = (what: string) => json({ wrong: what }, 422);
const missing = () => json({ missing: true }, 404);

const endpoints = ['request', 'verify', 'inquiry', 'unVerified', 'reverse', 'feeCalculation', '*'] as const;
const faultInput = z.intersection(z.object({ endpoint: z.enum(endpoints) }), faultSchema);
const statusInput = z.object({ status: z.enum(['IN_BANK', 'PAID', 'VERIFIED', 'FAILED', 'REVERSED']) });
const payInput = z.object({ outcome: z.enum(['paid', 'failed']) });
const clockInput = z.object({ seconds: z.number().min(-31_536_000).max(31_536_000) });

/** `sessions/<authority>` and `sessions/<authority>/pay`. */
async function controlSession(
  method: string,
  [authority = '', verb]: readonly string[],
  body: unknown,
  settings: Settings,
): Promise<Response> {
  const session = await findSession('authority', authority);
  if (!session) return missing();
  if (method === 'GET' && verb === undefined) return json(session);
  if (method !== 'POST') return missing();
  if (verb === 'pay') {
    const read = payInput.safeParse(body);
    if (!read.success) return wrong('outcome');
    const settled = await settleSession(session.token, read.data.outcome, settings);
    return settled ? json({ callbackUrl: returnUrl(settled) }) : missing();
  }
  const read = statusInput.safeParse(body);
  return read.success ? json(await forceStatus(authority, read.data.status)) : wrong('status');
}

async function controlFaults(method: string, body: unknown, name: GatewayName): Promise<Response> {
  if (method === 'DELETE') {
    await clearFaults();
    return done();
  }
  const read = z.array(faultInput).safeParse(Array.isArray(body) ? body : [body]);
  if (!read.success) return wrong('faults');
  for (const { endpoint, ...fault } of read.data) await addFault(faultEndpoint(name, endpoint), fault);
  return done();
}

async function controlSettings(method: string, body: unknown, settings: Settings): Promise<Response> {
  if (method === 'GET') return json(settings);
  const patch = Object(body) as object;
  if (!settingsSchema.safeParse({ ...settings, ...patch }).success) return wrong('settings');
  await mergeSettings(patch);
  return done();
}

/** The control interface below `__emu`, where faults are those of one gateway: loopback only, with the token. */
export async function serveControl(
  path: readonly string[],
  request: Request,
  settings: Settings,
  name: GatewayName,
): Promise<Response> {
  if (!mayControl(request)) return missing();
  const { method } = request;
  const body: unknown = method === 'POST' ? await request.json().catch(() => null) : null;
  const [noun, ...rest] = path;
  if (noun === 'sessions' && rest.length > 0) return controlSession(method, rest, body, settings);
  if (noun === 'sessions') return json(await listSessions(200));
  if (noun === 'requests') return json(await listRequests(1000));
  if (noun === 'faults') return controlFaults(method, body, name);
  if (noun === 'settings') return controlSettings(method, body, settings);
  if (noun === 'clock' && method === 'POST') {
    const read = clockInput.safeParse(body);
    if (!read.success) return wrong('seconds');
    await moveClock(read.data.seconds);
    return done();
  }
  if (noun === undefined && method === 'DELETE') {
    await forgetAll();
    return done();
  }
  return missing();
}
