import { makeZip } from 'client-zip';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor, AccountKind } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import {
  type ExportedFile,
  findAvatarFile,
  listExportedFiles,
  readAccount,
  readRecords,
} from './export-store.ts';

const batch = 100;
const folders = { user: 'photos', result: 'results', vendor: 'gallery' } as const;

type Entry = { name: string; input: string | ReadableStream<Uint8Array>; lastModified?: Date };

async function* picturesOf(kind: AccountKind, accountId: string): AsyncGenerator<ExportedFile> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const files = await listExportedFiles(kind, accountId, after, batch);
    yield* files;
    const last = files.at(-1);
    if (!last || files.length < batch) return;
    after = last.imageId;
  }
}

async function* entriesOf(kind: AccountKind, accountId: string, account: string): AsyncGenerator<Entry> {
  yield { name: 'account.json', input: account };
  yield { name: 'records.json', input: await readRecords(accountId) };
  const missing: string[] = [];
  const avatarId = await findAvatarFile(kind, accountId);
  const avatar = avatarId && (await fileStore().open(avatarId, 'original'));
  if (avatar) yield { name: 'avatar.jpg', input: avatar.stream };
  else if (avatarId) missing.push('avatar.jpg');
  for await (const { imageId, fileId, type, createdAt, sentId, fileName } of picturesOf(kind, accountId)) {
    const files = [{ name: `${folders[type]}/${imageId}.jpg`, id: fileId }];
    if (sentId) files.push({ name: `originals/${imageId}/${fileName}`, id: sentId });
    for (const { name, id } of files) {
      const stored = await fileStore().open(id, 'original');
      if (stored) yield { name, input: stored.stream, lastModified: createdAt };
      else missing.push(name);
    }
  }
  // Said in the archive itself: what is not there must not look as if it never was.
  if (missing.length > 0) {
    log.error({ accountId, missing: missing.length }, 'pictures were missing from an export');
    yield { name: 'missing.json', input: JSON.stringify(missing, null, 2) };
  }
}

/**
 * Everything an account has as one zip archive, streamed: its rows in two JSON files and every kept picture.
 * Nothing of it is held in memory at once; a reader who goes away ends the work.
 */
export async function exportAccount(actor: AccountActor): Promise<Result<ReadableStream<Uint8Array>>> {
  const { kind, accountId } = accountOf(actor);
  const account = await readAccount(kind, accountId);
  if (account === null) return fail('auth.required', 'the account is gone');
  const noted = await transact(async (tx) => {
    await recordEvent(tx, actor, 'account.export', { resource: kind, resourceId: accountId });
    return succeed(null);
  });
  if (!noted.ok) return noted;
  return succeed(makeZip(entriesOf(kind, accountId, account)));
}
