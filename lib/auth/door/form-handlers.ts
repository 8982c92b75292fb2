import type { z } from 'zod';
import type { AccountKind, VisitorActor } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { extendCodes } from '../code/extend-codes.ts';
import { resendCode } from '../code/resend-code.ts';
import type { CodePurpose } from '../code/store.ts';
import { requestDeviceCode } from '../device-code/request-device-code.ts';
import { signInWithCode } from '../device-code/sign-in-with-code.ts';
import type { forgotPasswordInput, resetPasswordInput, signInInput, verifyInput } from '../input.ts';
import { requestPasswordReset } from '../password/request-password-reset.ts';
import { resetPassword } from '../password/reset-password.ts';
import { reopenSession } from '../session/open-session.ts';
import type { SessionClaims } from '../session/session-token.ts';
import { signIn } from '../sign-in.ts';
import { signOut } from '../sign-out.ts';
import { signUp } from '../sign-up.ts';
import { verifyPhone } from '../verify-phone.ts';
import type { Call } from './door.ts';
import {
  clearSessionCookie,
  knownBrowser,
  knownCookie,
  markedBrowser,
  sessionClaims,
  writeKnownCookie,
  writeSessionCookie,
} from './request-context.ts';

/** What the forms of both account kinds do: cookies in, one use case, cookies out. */

type Sent<Input> = Call<VisitorActor, Input>;

/** A code that this very request has used before, unheard, has opened a session: that is the answer. */
async function orOpened(
  kind: AccountKind,
  sessionId: string,
  answer: Result<SessionClaims>,
): Promise<Result<SessionClaims>> {
  const opened = !answer.ok && answer.code === 'auth.codeExpired' && (await reopenSession(kind, sessionId));
  return opened ? succeed(opened) : answer;
}

const noCode = () => fail('auth.codeExpired', 'this browser asked for no code');

/** Remembers a sign-up until its code is typed in this browser. */
export async function handleSignUp(
  kind: AccountKind,
  { input, device }: Sent<{ phone: Phone; password: string }>,
  name: string | null,
): Promise<Result<null>> {
  const browserHash = await markedBrowser();
  return signUp({ kind, ...input, name, browserHash, address: device.address });
}

/** Leaves in the browser the session that is opened by a code, which this browser must have asked for. */
async function openByCode(
  kind: AccountKind,
  { input, device, newId: sessionId }: Sent<z.output<typeof verifyInput>>,
  open: typeof verifyPhone | typeof signInWithCode,
): Promise<Result<null>> {
  const browserHash = await knownBrowser();
  if (!browserHash) return noCode();
  const replaces = await sessionClaims(kind);
  const opened = await open({ kind, code: input.code, browserHash, device, replaces, sessionId });
  return leaveSession(await orOpened(kind, sessionId, opened));
}

async function leaveSession(claims: Result<SessionClaims>): Promise<Result<null>> {
  if (!claims.ok) return claims;
  await writeSessionCookie(claims.value);
  return succeed(null);
}

/** Makes the account and leaves its session in the browser. */
export const handleVerify = (kind: AccountKind, sent: Sent<z.output<typeof verifyInput>>) =>
  openByCode(kind, sent, verifyPhone);

/** Sends this browser another code. */
export async function handleResend(
  kind: AccountKind,
  purpose: CodePurpose,
  { device }: Sent<unknown>,
): Promise<Result<null>> {
  const browserHash = await knownBrowser();
  if (!browserHash) return noCode();
  return resendCode({ kind, purpose, browserHash, address: device.address });
}

/** Gives the codes of this browser more time. */
export async function handleExtendCodes(): Promise<Result<{ endsInSeconds: number }>> {
  const browserHash = await knownBrowser();
  return browserHash ? extendCodes(browserHash) : noCode();
}

/** Leaves a session in the browser. */
export async function handleSignIn(
  kind: AccountKind,
  { input, device, newId: sessionId }: Sent<z.output<typeof signInInput>>,
): Promise<Result<null>> {
  const [replaces, known] = await Promise.all([sessionClaims(kind), knownCookie()]);
  return leaveSession(await signIn({ kind, ...input, device, replaces, known, sessionId }));
}

/** Asks for a code that signed-in devices of the account show. */
export async function handleDeviceCode(
  kind: AccountKind,
  { input, device }: Sent<z.output<typeof forgotPasswordInput>>,
): Promise<Result<null>> {
  return requestDeviceCode({ kind, ...input, browserHash: await markedBrowser(), device });
}

/** Leaves the session that such a code opens in the browser. */
export const handleCodeSignIn = (kind: AccountKind, sent: Sent<z.output<typeof verifyInput>>) =>
  openByCode(kind, sent, signInWithCode);

/** Asks for a code to set a new password with. */
export async function handleForgotPassword(
  kind: AccountKind,
  { input, device }: Sent<z.output<typeof forgotPasswordInput>>,
): Promise<Result<null>> {
  const browserHash = await markedBrowser();
  const known = await knownCookie();
  return requestPasswordReset({ kind, ...input, browserHash, address: device.address, known });
}

/** Sets the new password; every session of the account ends, and one begins in this browser. */
export async function handleResetPassword(
  kind: AccountKind,
  { input, device, newId: sessionId }: Sent<z.output<typeof resetPasswordInput>>,
): Promise<Result<null>> {
  const browserHash = await knownBrowser();
  if (!browserHash) return noCode();
  const set = await resetPassword({ kind, ...input, browserHash, device, sessionId });
  const reset = await orOpened(kind, sessionId, set);
  if (!reset.ok) return reset;
  await writeSessionCookie(reset.value);
  // A person who has the phone in hand is no stranger at the next sign-in.
  await writeKnownCookie(kind, reset.value.sub);
  return succeed(null);
}

/** Ends the session in this browser. */
export async function handleSignOut(kind: AccountKind): Promise<Result<null>> {
  const claims = await sessionClaims(kind);
  await clearSessionCookie(kind);
  return claims ? signOut(kind, claims) : succeed(null);
}
