import { env } from '#lib/core/env/env.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { faces } from './faces.ts';
import { makeEmulatorSchema, readSettings } from './schema-store.ts';
import { serveControl } from './serve-control.ts';
import { serveOperation } from './serve-operation.ts';
import { servePayPage, serveVerifyLink } from './serve-payer.ts';
import { settingsSchema } from './settings.ts';
import { returnForgottenMoney } from './store.ts';

const notHere = () => new Response(null, { status: 404 });

/**
 * A gateway's HTTP interface and pay page, emulated below a path of ours so that the client is always the real
 * one. There is none where its merchant id is set, and none in production, whatever is set. Any number of
 * processes serve it together: everything it knows is in the database.
 */
export async function handleEmulator(request: Request, name: GatewayName): Promise<Response> {
  const { gateways, isProduction, databaseUrl } = env();
  const isEmulated = gateways.some((one) => one.name === name && !one.merchant);
  if (isProduction || !isEmulated) return notHere();
  const face = faces[name];
  const url = new URL(request.url);
  if (!url.pathname.startsWith(`${face.base}/`)) return notHere();
  const parts = url.pathname
    .slice(face.base.length + 1)
    .split('/')
    .filter(Boolean);
  await makeEmulatorSchema(databaseUrl);
  const settings = settingsSchema.parse(await readSettings());
  await returnForgottenMoney(settings.returnAfterMinutes);
  if (parts[0] === '__emu') return serveControl(parts.slice(1), request, settings, name);
  const path = parts.join('/');
  const operation = face.operationAt(path);
  if (operation) return serveOperation(operation, request, settings, face);
  if (request.method !== 'GET') return notHere();
  const session = face.payPathAt(path);
  if (session) return servePayPage(session, url, face, settings);
  const token = /^pg\/verify\/([^/]+)$/.exec(path)?.[1];
  return token ? serveVerifyLink(token, url, settings) : notHere();
}
