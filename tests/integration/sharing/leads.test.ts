import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readAccount } from '#lib/account/export-store.ts';
import { eraseAccount } from '#lib/account/store.ts';
import { deleteConversion } from '#lib/conversions/history/delete-conversion.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { placeOf } from '#lib/notifications/notice/place-of.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { answerLead, putLeadAway } from '#lib/sharing/lead/answer-lead.ts';
import { leadInput } from '#lib/sharing/lead/input.ts';
import { sendLead, withdrawLead } from '#lib/sharing/lead/send-lead.ts';
import { serveLead } from '#lib/sharing/lead/serve-lead.ts';
import { findOwnLead, listReceived } from '#lib/sharing/lead/store.ts';
import { toOwnLead, toReceivedLead } from '#lib/sharing/lead/view.ts';
import { must, newConversion, newPhoto, painting, useConversions } from '#tests/support/conversions.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { newGallery } from '#tests/support/galleries.ts';

const { database } = useConversions();

type Gallery = Awaited<ReturnType<typeof newGallery>>;

async function newShop() {
  const gallery = await newGallery({ businessName: 'خیاطی نرگس' });
  return { gallery, reference: await gallery.addImage({ title: 'مانتوی ترمه' }) };
}

async function make(actor: UserActor, imageId: string, reference: string): Promise<string> {
  const { id } = must(await requestConversion(actor, { imageId, reference }));
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  return id;
}

/** A person with results in a shop's look; two, unless told how many. */
async function person(shops: readonly { reference: string }[], results = 2) {
  const { actor, imageId } = await newPhoto();
  await ownerDb().quotaGrant.create({
    data: { userId: actor.userId, resource: 'conversions', amount: results * shops.length, reason: 'a test' },
  });
  const ids: string[] = [];
  for (const { reference } of shops) {
    for (let n = 0; n < results; n += 1) ids.push(await make(actor, imageId, reference));
  }
  return { actor, ids, first: ids[0] ?? '' };
}

const said = { words: null, withPhone: false };
const list = (gallery: Gallery, isAway = false) =>
  listReceived(gallery.vendorId, { isAway, after: null, limit: 50 });
const noticesOf = (kind: 'user' | 'vendor', accountId: string) => listNotices({ kind, accountId });

async function look(gallery: Gallery, id: string, variant = 'w640') {
  const request = new Request(`http://localhost:3000/api/received/${id}/${variant}?download=x`);
  const answer = await serveLead(request, gallery.actor, { id, variant });
  if (!answer.ok) return { status: 404, kept: null, saved: null };
  await answer.value.body?.cancel();
  const { status, headers } = answer.value;
  return { status, kept: headers.get('cache-control'), saved: headers.get('content-disposition') };
}

describe('a result that a person sends to a shop', () => {
  test('shows the shop the picture and the words, and nothing else of anybody', async () => {
    const shop = await newShop();
    const { actor, ids, first } = await person([shop]);
    const [{ phone } = { phone: '' }] = await database().query<{ phone: string }>(
      "UPDATE users SET name = 'ندا', bio = 'b' WHERE id = $1 RETURNING phone",
      [actor.userId],
    );
    expect(await list(shop.gallery)).toEqual([]);
    must(await sendLead(actor, { conversionId: first, words: 'سایز ۴۰ دارید؟', withPhone: false }));

    const [row, ...more] = await list(shop.gallery);
    if (!row) throw new Error('it was sent');
    const view = toReceivedLead(row);
    expect(more).toEqual([]);
    expect(view).toMatchObject({ title: 'مانتوی ترمه', words: 'سایز ۴۰ دارید؟', phone: null, answer: null });
    const all = JSON.stringify([row, view]);
    for (const secret of [phone, 'ندا', actor.userId, ...ids]) expect(all).not.toContain(secret);
    expect(await look(shop.gallery, view.id)).toEqual({
      status: 200,
      kept: 'private, no-store',
      saved: null,
    });
    // Another shop has nothing of it, nor has this one what was not sent.
    const other = await newShop();
    expect(await list(other.gallery)).toEqual([]);
    expect((await look(other.gallery, view.id)).status).toBe(404);
    expect(ids).toHaveLength(2);
  });

  test('carries the number only when it was given with it', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, words: null, withPhone: true }));
    const { phone } = await db().user.findUniqueOrThrow({ where: { id: actor.userId } });
    expect((await list(shop.gallery)).map((row) => row.phone)).toEqual([phone]);
  });

  test('is told to the shop in one notice, and its answer to the person in another', async () => {
    const shop = await newShop();
    await ownerDb().vendor.update({
      where: { id: shop.gallery.vendorId },
      data: {
        socialLinks: { whatsapp: 'https://wa.me/989121234567' },
        contactInfo: { phone: '02188001122' },
      },
    });
    const { actor, ids } = await person([shop]);
    for (const conversionId of ids) must(await sendLead(actor, { conversionId, ...said }));
    // Pressed twice, or sent again by the line: it is there once.
    must(await sendLead(actor, { conversionId: ids[0] ?? '', ...said }));
    const told = (await noticesOf('vendor', shop.gallery.vendorId)).filter(({ kind }) =>
      kind.startsWith('lead'),
    );
    expect(told).toMatchObject([{ kind: 'lead.receive', data: { count: '2' } }]);
    expect(told.map((notice) => placeOf(notice, 'vendor'))).toEqual(['/vendor/received']);

    const [newest] = await list(shop.gallery);
    const answer = { id: newest?.id ?? '', answer: 'بله، سر بزنید.' };
    must(await answerLead(shop.gallery.actor, answer));
    must(await answerLead(shop.gallery.actor, answer));
    expect(await answerLead(shop.gallery.actor, { ...answer, answer: 'نه' })).toMatchObject({
      code: 'lead.answered',
    });
    const heard = (await noticesOf('user', actor.userId)).filter(({ kind }) => kind === 'lead.answer');
    expect(heard.map((notice) => placeOf(notice, 'user'))).toEqual([`/conversions/${ids[1]}`]);
    const own = await findOwnLead(actor.userId, ids[1] ?? '');
    expect(own && toOwnLead(own)).toMatchObject({
      answer: { text: 'بله، سر بزنید.' },
      contacts: [
        { kind: 'whatsapp', to: 'https://wa.me/989121234567' },
        { kind: 'phone', to: '+982188001122' },
      ],
    });
  });

  test('is counted as sent for the picture', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, ...said }));
    await database().query('SELECT roll_up_gallery_visits()');
    const [day] = await database().query(
      "SELECT sends FROM gallery_days WHERE subject = 'image' AND subject_id = $1",
      [shop.reference],
    );
    expect(day).toEqual({ sends: 1 });
  });

  test('can be put away by the shop, and brought back', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, ...said }));
    const id = (await list(shop.gallery))[0]?.id ?? '';
    must(await putLeadAway(shop.gallery.actor, { id, isAway: true }));
    expect([(await list(shop.gallery)).length, (await list(shop.gallery, true)).length]).toEqual([0, 1]);
    must(await putLeadAway(shop.gallery.actor, { id, isAway: false }));
    expect((await list(shop.gallery)).length).toBe(1);
  });
});

describe('what was sent is gone for the shop', () => {
  const ways: readonly [string, (actor: UserActor, conversionId: string) => Promise<unknown>][] = [
    ['when it is taken back', async (actor, id) => must(await withdrawLead(actor, id))],
    ['when the result is deleted', async (actor, id) => must(await deleteConversion(actor, id))],
    [
      'when the account ends',
      (actor) => ownerDb().$transaction((tx) => eraseAccount(tx, 'user', actor.userId, randomUUID())),
    ],
    [
      'while the person is suspended',
      (actor) => ownerDb().user.update({ where: { id: actor.userId }, data: { isActive: false } }),
    ],
    [
      'while somebody looks at the picture again',
      (actor) =>
        ownerDb().image.updateMany({
          where: { userId: actor.userId, type: 'result' },
          data: { moderation: 'waiting' },
        }),
    ],
  ];
  test.each(ways)('%s', async (_, take) => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, words: 'مال من', withPhone: true }));
    const id = (await list(shop.gallery))[0]?.id ?? '';
    must(await answerLead(shop.gallery.actor, { id, answer: 'سلام' }));
    await take(actor, first);
    expect(await list(shop.gallery)).toEqual([]);
    expect((await look(shop.gallery, id)).status).toBe(404);
    expect(await answerLead(shop.gallery.actor, { id, answer: 'x' })).toMatchObject({ code: 'notFound' });
    expect(await readAccount('vendor', shop.gallery.vendorId)).not.toContain('مال من');
  });

  test('and no row of the table says a word of what was taken back', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, words: 'پشیمان', withPhone: true }));
    must(await withdrawLead(actor, first));
    const [row] = await database().query('SELECT words, with_phone, answer FROM leads WHERE user_id = $1', [
      actor.userId,
    ]);
    expect(row).toEqual({ words: null, with_phone: false, answer: null });
    expect(await withdrawLead(actor, first)).toMatchObject({ code: 'notFound' });
  });

  test('and goes with the shop, too', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    must(await sendLead(actor, { conversionId: first, ...said }));
    await ownerDb().$transaction((tx) => eraseAccount(tx, 'vendor', shop.gallery.vendorId, randomUUID()));
    expect(await findOwnLead(actor.userId, first)).toBeNull();
  });
});

describe('nobody can', () => {
  test('send what is not theirs, what is in no shop’s look, or to a shop that is gone', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    const stranger = await person([shop]);
    expect(await sendLead(stranger.actor, { conversionId: first, ...said })).toMatchObject({
      code: 'notFound',
    });
    const preset = await newConversion();
    expect(await sendLead(preset.actor, { conversionId: preset.id, ...said })).toMatchObject({
      code: 'notFound',
    });
    await ownerDb().vendor.update({ where: { id: shop.gallery.vendorId }, data: { isActive: false } });
    expect(await sendLead(actor, { conversionId: first, ...said })).toMatchObject({ code: 'notFound' });
    expect(await withdrawLead(stranger.actor, first)).toMatchObject({ code: 'notFound' });
  });

  test('bother a shop without end: five a day, and each result once', async () => {
    const shop = await newShop();
    const { actor, ids } = await person([shop], 6);
    // All at once: the sixth is refused whichever it is.
    const answers = await Promise.all(ids.map((conversionId) => sendLead(actor, { conversionId, ...said })));
    const codes = answers.map((answer) => (answer.ok ? 'sent' : answer.code));
    expect(codes.toSorted()).toEqual(['lead.tooMany', 'sent', 'sent', 'sent', 'sent', 'sent']);
    const sent = ids[codes.indexOf('sent')] ?? '';
    must(await withdrawLead(actor, sent));
    expect(await sendLead(actor, { conversionId: sent, ...said })).toMatchObject({ code: 'lead.tooMany' });
    await database().query("UPDATE leads SET sent_at = sent_at - interval '25 hours' WHERE user_id = $1", [
      actor.userId,
    ]);
    must(await sendLead(actor, { conversionId: sent, ...said }));
  });

  test('put a row there by themselves, or read somebody else’s: the database asks who acts', async () => {
    const shop = await newShop();
    const { actor, first } = await person([shop]);
    await expect(
      db().$executeRaw`INSERT INTO leads (conversion_id, user_id, vendor_id)
        VALUES (${first}::uuid, ${actor.userId}::uuid, ${shop.gallery.vendorId}::uuid)`,
    ).rejects.toThrow(/permission denied/);
    must(await sendLead(actor, { conversionId: first, ...said }));
    const other = await newShop();
    const seen = (account: string) =>
      actFor(account, async () => {
        const rows = await db().$queryRaw<{ n: number }[]>`
          SELECT (SELECT count(*) FROM leads)::int + (SELECT count(*) FROM received_leads)::int AS n`;
        return rows[0]?.n;
      });
    expect(await seen(other.gallery.vendorId)).toBe(0);
    expect(await seen(shop.gallery.vendorId)).toBe(2);
    // The person's own row; what a shop sees is for shops.
    expect(await seen(actor.userId)).toBe(1);
    must(await withdrawLead(actor, first));
    expect(await seen(shop.gallery.vendorId)).toBe(0);
  });

  test('write a novel, or an answer of nothing', () => {
    const lead = { conversionId: randomUUID(), withPhone: false };
    expect(leadInput.safeParse({ ...lead, words: 'x'.repeat(301) }).success).toBe(false);
    expect(leadInput.parse({ ...lead, words: ' \u202e ' }).words).toBeNull();
    // Consent is said, never left out.
    expect(leadInput.safeParse({ conversionId: randomUUID(), words: '' }).success).toBe(false);
  });
});

test('an export carries what one sent and what one received, each in one’s own part', async () => {
  const shop = await newShop();
  const { actor, first } = await person([shop]);
  must(await sendLead(actor, { conversionId: first, words: 'آیا رنگ سبز هم هست؟', withPhone: true }));
  const mine = JSON.parse((await readAccount('user', actor.userId)) ?? '{}');
  expect(mine.sent_to_shops).toMatchObject([
    { conversion_id: first, shop: 'خیاطی نرگس', words: 'آیا رنگ سبز هم هست؟', with_phone: true },
  ]);
  const theirs = (await readAccount('vendor', shop.gallery.vendorId)) ?? '{}';
  const { phone } = await db().user.findUniqueOrThrow({ where: { id: actor.userId } });
  expect(JSON.parse(theirs).received).toMatchObject([{ words: 'آیا رنگ سبز هم هست؟', title: 'مانتوی ترمه' }]);
  expect(theirs).not.toContain(phone);
});
