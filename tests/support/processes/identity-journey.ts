import { writeFileSync } from 'node:fs';
import { codeFor, hashBrowser, newBrowserSecret } from '#lib/auth/code/codes.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { changePassword } from '#lib/auth/password/change-password.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { rotateSession } from '#lib/auth/session/rotate-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import { log } from '#lib/core/log.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import { actOutside } from '#lib/db/walls/acting.ts';

actOutside('system');

/**
 * A program of its own, whose output a test reads: a person signs up, in and about, while the providers of
 * messages fail. Leaves everything that must not be in that output in a file.
 */
const phone = parsePhone('09351234567');
if (!phone) throw new Error('no phone');
const [password, newPassword] = ['a sentence nobody guesses', 'quite another sentence'];
const browser = newBrowserSecret();
const device = { address: '10.1.2.3', userAgent: 'test' };
const request = { kind: 'user', phone, password, name: null, browserHash: hashBrowser(browser) } as const;
const asked = await signUp({ ...request, address: device.address });
if (!asked.ok) throw new Error(asked.detail);
const row = await db().otp.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
const code = codeFor(row.id);
const sent = await sendCodeMessage(row.id);
log.info({ result: sent, phone, code, password }, `message to ${phone}`);
const claims = await verifyPhone({ ...request, code, device, replaces: null });
if (!claims.ok) throw new Error(claims.detail);
const raw = await sealClaims(claims.value);
const refused = await signIn({ kind: 'user', phone, password: 'not this one', device, replaces: null });
log.info({ door: 'session.create', ...refused }, 'refused');
const next = await rotateSession('user', claims.value);
const actor = actorOf('user', claims.value.sub, claims.value.sid);
if (actor.kind === 'user') await changePassword(actor, { password, newPassword }, device);
log.error({ err: new Error(`cannot reach ${process.env.DATABASE_URL} for ${phone}`) }, 'a failure');
const tokens = [raw, claims.value.rt, next.ok && next.value ? next.value.rt : 'none'];
writeFileSync(
  process.argv[2] ?? '',
  JSON.stringify({ code, password, newPassword, browser, tokens, national: '9351234567' }),
);
process.exit(0);
