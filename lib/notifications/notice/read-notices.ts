import { z } from 'zod';
import type { AccountRef } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type CircularWords, listCircularWords } from '../circular/store.ts';
import type { NoticeKind } from './kinds.ts';
import { countUnread, listNoticeRows, markRead, markReadAbout } from './store.ts';

/** A notice as its page shows it. */
export type NoticeView = {
  readonly id: string;
  readonly kind: NoticeKind;
  /** What its sentence needs. */
  readonly data: Readonly<Record<string, string>>;
  /** What the operators said, of a notice of theirs. */
  readonly words: CircularWords | null;
  readonly createdAt: Date;
  readonly isRead: boolean;
};

const shownAtMost = 50;
const dataSchema = z.record(z.string(), z.string()).catch({});

/** What an account was told, newest first. */
export async function listNotices(owner: AccountRef): Promise<NoticeView[]> {
  const rows = await listNoticeRows(db(), owner, shownAtMost);
  const notices = rows.map(({ data, ...row }) => ({ ...row, data: dataSchema.parse(data) }));
  const said = await listCircularWords(
    db(),
    notices.flatMap(({ data }) => data.circular ?? []),
  );
  return notices.map(({ id, kind, data, createdAt, readAt }) => ({
    id,
    kind,
    data,
    words: said.get(data.circular ?? '') ?? null,
    createdAt,
    isRead: readAt !== null,
  }));
}

/** How much of it was not read yet. */
export async function countUnreadNotices(owner: AccountRef): Promise<number> {
  return countUnread(db(), owner);
}

/** Takes everything for read. */
export async function readNotices(owner: AccountRef): Promise<Result<null>> {
  await markRead(db(), owner);
  return succeed(null);
}

/** Takes what was told of one conversion or payment for read, because it is on the screen. Somebody else's is none. */
export async function readNoticesAbout(owner: AccountRef, id: string): Promise<Result<{ read: number }>> {
  return succeed({ read: await markReadAbout(db(), owner, id) });
}
