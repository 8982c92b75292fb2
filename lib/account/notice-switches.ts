import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { listMutes, setMute } from '#lib/notifications/notice/mute-store.ts';
import { type NoticeTopic, topicsOf } from '#lib/notifications/notice/topics.ts';
import { findReminders, setReminders } from '#lib/payments/reminder/store.ts';

/** Which topics an account gets notices of, in the order in which they are shown. */
export type NoticeSwitch = { readonly topic: NoticeTopic; readonly isOn: boolean };

export async function listNoticeSwitches(actor: AccountActor): Promise<NoticeSwitch[]> {
  const owner = accountOf(actor);
  const [mutes, plans] = await Promise.all([listMutes(db(), owner), findReminders(db(), owner)]);
  return topicsOf[owner.kind].map((topic) => ({
    topic,
    isOn: topic === 'plans' ? plans : !mutes.includes(topic),
  }));
}

/**
 * Turns a topic on or off. Fails with `notFound` for one that accounts of this kind get no notices of, and when the
 * account is gone.
 */
export async function setNoticeSwitch(
  actor: AccountActor,
  { topic, isOn }: NoticeSwitch,
): Promise<Result<NoticeSwitch>> {
  const owner = accountOf(actor);
  const known: readonly NoticeTopic[] = topicsOf[owner.kind];
  if (!known.includes(topic)) return fail('notFound', `${owner.kind} accounts get no notices of ${topic}`);
  return transact(async (tx) => {
    if (topic !== 'plans') await setMute(tx, owner, topic, !isOn);
    else if (!(await setReminders(tx, owner, isOn))) return fail('notFound', 'no such account');
    await recordEvent(tx, actor, 'account.update', { metadata: { notices: topic, isOn } });
    return succeed({ topic, isOn });
  });
}
