import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { actorOf } from './session/open-session.ts';
import type { SessionClaims } from './session/session-token.ts';
import { revokeSessionRow } from './session/store.ts';

/** Ends the session that a cookie names. Ending it twice is no error. */
export async function signOut(kind: AccountKind, claims: SessionClaims): Promise<Result<null>> {
  return actFor(claims.sub, () =>
    transact(async (tx) => {
      if (await revokeSessionRow(tx, kind, claims.sub, claims.sid)) {
        await recordEvent(tx, actorOf(kind, claims.sub, claims.sid), 'session.revoke', {
          resource: 'session',
          resourceId: claims.sid,
          metadata: { reason: 'sign-out' },
        });
      }
      return succeed(null);
    }),
  );
}
