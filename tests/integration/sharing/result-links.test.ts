import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { deleteConversion } from '#lib/conversions/history/delete-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { pictureLanes } from '#lib/core/threads/image-runtime.ts';
import { acceptImage } from '#lib/files/picture/accept-image.ts';
import { hashLinkToken, linkTokenOf } from '#lib/sharing/link-token.ts';
import { unlockLink } from '#lib/sharing/open-link.ts';
import { createResultLink } from '#lib/sharing/result-link/create-result-link.ts';
import { countResultView, findResultLink } from '#lib/sharing/result-link/find-result-link.ts';
import { revokeResultLink } from '#lib/sharing/result-link/revoke-result-link.ts';
import { serveLinkedResult } from '#lib/sharing/result-link/serve-linked-result.ts';
import { listLinkRows } from '#lib/sharing/result-link/store.ts';
import { toResultLinkView } from '#lib/sharing/result-link/view.ts';
import { sealUnlock, unlockCookieName } from '#lib/sharing/unlock-cookie.ts';
import { must, newActor, newConversion, painting, useConversions } from '#tests/support/conversions.ts';

const { database } = useConversions();
const secret = 'گل سرخ';

beforeAll(() => {
  process.env.RATE_LIMIT_SCALE = '1';
});

const photo = () =>
  sharp({ create: { width: 600, height: 600, channels: 3, background: '#875' } })
    .jpeg()
    .toBuffer();

async function newResult(): Promise<{ actor: UserActor; conversionId: string }> {
  const { actor, id } = await newConversion('noir');
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  return { actor, conversionId: id };
}

async function newLink(password: string | null = null) {
  const made = await newResult();
  const request = { conversionId: made.conversionId, days: 30 as const, password };
  const { id, path } = must(await createResultLink(made.actor, request));
  return { ...made, id, token: path.split('/').at(-1) ?? '' };
}

const nobody = () => undefined;
const linksOf = async ({ userId }: UserActor, conversionId: string) =>
  (await listLinkRows(userId, conversionId, 50)).map(toResultLinkView);
/** What the door does with a password that a visitor sends. */
const unlock = async ({ token, password }: { token: string; password: string }, address: string) =>
  unlockLink(await findResultLink(token, () => undefined), password, address);
const addressOfTest = () => `10.${(Math.random() * 250) | 0}.${(Math.random() * 250) | 0}.7`;

async function statusOf(token: string, variant = 'w640', cookie = ''): Promise<number> {
  const request = new Request(`http://localhost:3000/api/shares/${token}/${variant}`, {
    headers: { cookie },
  });
  const answer = await serveLinkedResult(request, token, variant);
  await answer.body?.cancel();
  return answer.status;
}

describe('a new link', () => {
  test('opens by its address alone, and only its hash is kept', async () => {
    const { token, id, actor, conversionId } = await newLink();
    expect(await findResultLink(token, nobody)).toMatchObject({ isOpen: true });
    expect(await statusOf(token)).toBe(200);
    const [row] = await database().query<{ all: string }>(
      'SELECT row_to_json(l)::text AS all FROM share_links l WHERE id = $1',
      [id],
    );
    expect(row?.all).not.toContain(token);
    expect(row?.all).toContain(hashLinkToken(token));
    expect(await linksOf(actor, conversionId)).toEqual([
      expect.objectContaining({ id, path: `/s/${token}`, state: 'alive', hasPassword: false, viewCount: 0 }),
    ]);
    const written = await database().query(
      'SELECT 1 FROM audit_logs WHERE action = $1 AND resource_id = $2',
      ['link.create', conversionId],
    );
    expect(written).toHaveLength(1);
  });

  test('ends after its days by the database’s clock, or never', async () => {
    const { actor, conversionId } = await newResult();
    for (const days of [1, 90, null] as const) {
      must(await createResultLink(actor, { conversionId, days, password: null }));
    }
    const rows = await database().query<{ days: number | null }>(
      `SELECT round(extract(epoch FROM expires_at - created_at) / 86400)::int AS days
       FROM share_links WHERE conversion_id = $1 ORDER BY created_at`,
      [conversionId],
    );
    expect(rows.map(({ days }) => days)).toEqual([1, 90, null]);
  });

  test("cannot be made to a stranger's result, to what is not finished, or while moderation waits", async () => {
    const { actor, conversionId } = await newResult();
    const request = { conversionId, days: 30 as const, password: null };
    expect(await createResultLink(await newActor(), request)).toMatchObject({ code: 'notFound' });
    const waiting = await newConversion('noir');
    expect(await createResultLink(waiting.actor, { ...request, conversionId: waiting.id })).toMatchObject({
      code: 'notFound',
    });
    await database().query(
      "UPDATE images SET moderation = 'waiting' WHERE user_id = $1 AND type = 'result'",
      [actor.userId],
    );
    expect(await createResultLink(actor, request)).toMatchObject({ code: 'notFound' });
  });

  test('is the twentieth at most, however many are asked for at once', async () => {
    const { actor, conversionId } = await newResult();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => createResultLink(actor, { conversionId, days: 7, password: null })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
    const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.code]));
    expect(new Set(codes)).toEqual(new Set(['link.tooMany']));
  });
});

describe('a link that does not open', () => {
  const closed = async (token: string) => {
    expect(await findResultLink(token, nobody)).toBeNull();
    for (const variant of ['original', 'w320', 'w640', 'w1280', 'card']) {
      expect(await statusOf(token, variant)).toBe(404);
    }
    expect(await unlock({ token, password: secret }, addressOfTest())).toMatchObject({
      code: 'notFound',
    });
  };

  test('is a guess', async () => {
    await closed(linkTokenOf('conversion', randomUUID()));
    await closed('x');
    await closed("'; DROP TABLE share_links --");
  });

  test("is another link's token for another kind", async () => {
    const { id } = await newLink();
    await closed(linkTokenOf('album', id));
  });

  test('has been revoked: page and bytes at once, and by its owner alone', async () => {
    const { actor, id, token } = await newLink();
    expect(await revokeResultLink(await newActor(), id)).toMatchObject({ code: 'notFound' });
    expect(await statusOf(token)).toBe(200);
    must(await revokeResultLink(actor, id));
    await closed(token);
    expect(await revokeResultLink(actor, id)).toMatchObject({ code: 'notFound' });
  });

  test('has come to its end', async () => {
    const { id, token, actor, conversionId } = await newLink();
    await database().query(
      `UPDATE share_links SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await closed(token);
    expect(await linksOf(actor, conversionId)).toMatchObject([{ state: 'expired' }]);
  });

  test('is of a deleted conversion, or of an account that was closed', async () => {
    const gone = await newLink();
    must(await deleteConversion(gone.actor, gone.conversionId));
    await closed(gone.token);
    const shut = await newLink();
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [shut.actor.userId]);
    await closed(shut.token);
  });
});

describe('a link with a password', () => {
  test('shows nothing before it, in no size, to nobody', async () => {
    const { token } = await newLink(secret);
    expect(await findResultLink(token, nobody)).toMatchObject({ isOpen: false });
    for (const variant of ['original', 'w320', 'w640', 'w1280', 'card']) {
      expect(await statusOf(token, variant)).toBe(404);
    }
  });

  test('opens with it, in this browser alone, and closes when it is revoked', async () => {
    const { actor, id, token } = await newLink(secret);
    const lock = must(await unlock({ token, password: secret }, addressOfTest()));
    if (!lock) throw new Error('no lock');
    const cookie = `${unlockCookieName(lock)}=${sealUnlock(lock)}`;
    expect(await statusOf(token, 'w640', cookie)).toBe(200);
    expect(await statusOf(token, 'w640')).toBe(404);
    const other = await newLink(secret);
    expect(await statusOf(other.token, 'w640', cookie)).toBe(404);
    must(await revokeResultLink(actor, id));
    expect(await statusOf(token, 'w640', cookie)).toBe(404);
  });

  test('counts wrong ones: the eleventh from one address is not looked at, even when it is right', async () => {
    const { token } = await newLink(secret);
    const address = addressOfTest();
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await unlock({ token, password: `wrong ${turn}` }, address)).toMatchObject({
        code: 'link.passwordWrong',
        fields: { password: 'errors.link.passwordWrong' },
      });
    }
    expect(await unlock({ token, password: secret }, address)).toMatchObject({
      code: 'rate.limited',
    });
    // A visitor from another network who knows it is not shut out.
    expect(await unlock({ token, password: secret }, addressOfTest())).toMatchObject({ ok: true });
  });
});

describe('what a link shows', () => {
  test('may be kept by nobody, and is the result alone', async () => {
    const { actor, conversionId, token } = await newLink();
    const request = new Request(`http://localhost:3000/api/shares/${token}/original`);
    const answer = await serveLinkedResult(request, token, 'original');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const shown = Buffer.from(await answer.arrayBuffer());
    const { result } = must(await findConversion(actor, conversionId));
    expect((await sharp(shown).metadata()).width).toBe(result?.width);
    expect(await statusOf(token, '../original')).toBe(404);
  });

  test('is for other sites a card of 1200 by 630 with the whole picture', async () => {
    const { token } = await newLink();
    const request = new Request(`http://localhost:3000/api/shares/${token}/card`);
    const answer = await serveLinkedResult(request, token, 'card');
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const { width, height, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'jpeg' });
  });

  test('is counted for those who may see it, not for its owner', async () => {
    const { actor, conversionId, token } = await newLink();
    const views = async () => (await linksOf(actor, conversionId))[0]?.viewCount;
    must(await countResultView(token, { cookieOf: nobody, userId: null }));
    must(await countResultView(token, { cookieOf: nobody, userId: (await newActor()).userId }));
    must(await countResultView(token, { cookieOf: nobody, userId: actor.userId }));
    expect(await views()).toBe(2);
    const locked = await newLink(secret);
    must(await countResultView(locked.token, { cookieOf: nobody, userId: null }));
    expect((await linksOf(locked.actor, locked.conversionId))[0]?.viewCount).toBe(0);
  });

  test('lists nothing to strangers, and no address that the present key cannot say', async () => {
    const { actor, conversionId, id } = await newLink();
    expect(await linksOf(await newActor(), conversionId)).toEqual([]);
    await database().query('UPDATE share_links SET token_hash = $2 WHERE id = $1', [
      id,
      hashLinkToken('old'),
    ]);
    expect(await linksOf(actor, conversionId)).toMatchObject([{ path: null, state: 'alive' }]);
  });
});

describe('the card of a link', () => {
  const ask = (token: string, cookie = '') =>
    serveLinkedResult(
      new Request(`http://localhost:3000/api/shares/${token}/card`, { headers: { cookie } }),
      token,
      'card',
    );

  /** A link whose card was not made with it: one with a password, opened. */
  async function unmade() {
    const link = await newLink(secret);
    const { link: row } = (await findResultLink(link.token, nobody)) ?? {};
    const lock = { kind: 'conversion' as const, id: link.id, passwordHash: row?.passwordHash ?? '' };
    return { token: link.token, cookie: `${unlockCookieName(lock)}=${sealUnlock(lock)}` };
  }

  test('is there when the link is, is made once for many who ask at once, and goes with the result', async () => {
    const { token, actor, conversionId } = await newLink();
    const made = vi.spyOn(pictureLanes, 'run');
    expect((await ask(token)).status).toBe(200);
    expect(made).not.toHaveBeenCalled();
    const other = await unmade();
    made.mockClear();
    const answers = await Promise.all(Array.from({ length: 110 }, () => ask(other.token, other.cookie)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(made).toHaveBeenCalledTimes(1);
    made.mockRestore();
    must(await deleteConversion(actor, conversionId));
    expect((await ask(token)).status).toBe(404);
  });

  test('that must wait is told so and never lost, and keeps nobody from sending a photo', async () => {
    const { token, cookie } = await unmade();
    const { promise, resolve } = Promise.withResolvers<void>();
    const flood = Array.from({ length: 9 }, (_, index) =>
      pictureLanes.run({ lane: 'visitor', whose: `file ${index}` }, () => promise),
    );
    const answer = await ask(token, cookie);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await acceptImage(await photo())).ok).toBe(true);
    resolve();
    await Promise.all(flood);
    expect((await ask(token, cookie)).status).toBe(200);
  });
});
