import { env } from '#lib/core/env/env.ts';
import { makeEmulatorSchema, readSettings } from './schema-store.ts';
import { serveControl } from './serve-control.ts';
import { serveOperation } from './serve-operation.ts';
import { serveStartPay, serveVerifyLink } from './serve-payer.ts';
import { settingsSchema } from './settings.ts';
import { returnForgottenMoney } from './store.ts';

const notHere = () => new Response(null, { status: 404 });

/**
 * ZarinPal's HTTP interface and pay page, emulated below a path of ours so that the client is always the real
 * one. There is none where a merchant id is set, and none in production, whatever is set. Any number of
 * processes serve it together: everything it knows is in the database.
 *
 * @param base The path it stands under.
 */
export async function handleEmulator(request: Request, base: string): Promise<Response> {
  const { embedded, isProduction, databaseUrl } = env();
  if (isProduction || !embedded.payments) return notHere();
  const url = new URL(request.url);
  if (!url.pathname.startsWith(`${base}/`)) return notHere();
  const path = url.pathname
    .slice(base.length + 1)
    .split('/')
    .filter(Boolean);
  await makeEmulatorSchema(databaseUrl);
  const settings = settingsSchema.parse(await readSettings());
  await returnForgottenMoney(settings.returnAfterMinutes);
  if (path[0] === '__emu') return serveControl(path.slice(1), request, settings);
  const [root, kind, third, name, ...more] = path;
  if (root !== 'pg' || more.length > 0) return notHere();
  const operation = /^(\w+)\.json$/.exec(name ?? '')?.[1];
  if (kind === 'v4' && third === 'payment' && operation) return serveOperation(operation, request, settings);
  if (name !== undefined || third === undefined || request.method !== 'GET') return notHere();
  if (kind === 'StartPay') return serveStartPay(third, url, base, settings);
  if (kind === 'verify') return serveVerifyLink(third, url, settings);
  return notHere();
}
