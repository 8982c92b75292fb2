import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeAvatar } from '#lib/admin/account/take-avatar.ts';
import { decideCase, decideReport } from '#lib/admin/report/decide-report.ts';
import { putBackImage, takeDownImage } from '#lib/admin/report/take-down-image.ts';
import { system } from '#lib/core/actor.ts';
import { dismissNetworks } from '#lib/core/threads/network-host.ts';
import { db } from '#lib/db/client.ts';
import { changeAvatar } from '#lib/files/avatar/change-avatar.ts';
import { publishImage, unpublishImage } from '#lib/files/image/publish-image.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { firstPictures, reportsThatHide } from '#lib/files/moderation/policy.ts';
import type { Verdict } from '#lib/files/moderation/store.ts';
import { listModeration } from '#lib/files/review/decide-moderation.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { listNewestImages } from '#lib/gallery/explore/store.ts';
import { reportImage } from '#lib/gallery/report/report-image.ts';
import { newAdmin } from '#tests/support/admin.ts';
import { ownerDb } from '#tests/support/database/owner.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { asVendor, newUser, newVendor, ownDataDir } from '#tests/support/files.ts';
import { must, pictureOf } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(dismissNetworks);
afterAll(data.remove);

const policy = vi.hoisted(() => ({ now: 'strict' as 'relaxed' | 'standard' | 'strict' }));
vi.mock('#lib/core/env/env.ts', async (original) => {
  const real = await original<typeof import('#lib/core/env/env.ts')>();
  return { ...real, env: () => ({ ...real.env(), moderation: policy.now }) };
});
beforeEach(() => {
  policy.now = 'strict';
});

let admin: Awaited<ReturnType<typeof newAdmin>>;
beforeAll(async () => {
  admin = await newAdmin();
});

const saying = (scores: Verdict['scores']) => async (): Promise<Verdict> => ({
  moderation: 'accepted',
  reason: null,
  scores,
});
const plain = { neutral: 0.95, sexy: 0.02 };
const swimwear = { neutral: 0.2, sexy: 0.75 };

async function bring(vendorId: string, scores: Verdict['scores'] = plain): Promise<string> {
  const source = await pictureOf();
  const fileName = 'look.jpg';
  return must(await addGalleryImage({ vendorId, fileName, source, moderate: saying(scores) })).id;
}

/** Room for more images than a vendor begins with. */
const grantRoom = (vendorId: string) =>
  ownerDb().quotaGrant.create({
    data: { vendorId, resource: 'images', amount: 50, reason: 'tests', grantedBy: admin.userId },
  });

const publish = (vendorId: string, id: string) => publishImage(asVendor(vendorId), id);
const codeOf = async (asked: ReturnType<typeof publish>) => {
  const answer = await asked;
  return answer.ok ? 'shown' : answer.code;
};

async function caseOf(imageId: string) {
  const found = (await listModeration(1000)).find((one) => one.imageId === imageId);
  if (!found) throw new Error('no case waits');
  return found;
}

const imageOf = (id: string) =>
  db().image.findUniqueOrThrow({
    where: { id },
    select: { isPublic: true, moderation: true, originalUrl: true },
  });
const toldTo = (vendorId: string) =>
  database().query<{ kind: string; why: string | null }>(
    "SELECT kind, data->>'why' AS why FROM notifications WHERE vendor_id = $1 ORDER BY created_at, id",
    [vendorId],
  );

describe('the first images of a vendor whom nobody has verified', () => {
  it('wait for a person, are shown by themselves when accepted, and their vendor is told', async () => {
    const { vendorId } = await newVendor(false);
    const id = await bring(vendorId);
    expect(await codeOf(publish(vendorId, id))).toBe('image.waiting');
    expect(await imageOf(id)).toMatchObject({ isPublic: false, moderation: 'waiting' });
    expect(await caseOf(id)).toMatchObject({ reason: 'first', type: 'vendor' });
    // Asking again opens no second case, and shows nothing.
    expect(await codeOf(publish(vendorId, id))).toBe('image.waiting');
    must(await decideCase(admin, { id: (await caseOf(id)).id, decision: 'accepted', why: 'other' }));
    expect(await imageOf(id)).toMatchObject({ isPublic: true, moderation: 'accepted' });
    expect(await toldTo(vendorId)).toEqual([{ kind: 'picture.accept', why: null }]);
    // What a person has accepted is not asked again.
    must(await unpublishImage(asVendor(vendorId), id));
    expect(await codeOf(publish(vendorId, id))).toBe('shown');
  });

  it('stay their vendor’s when refused, who is told why and cannot show them', async () => {
    const { vendorId } = await newVendor(false);
    const id = await bring(vendorId);
    await publish(vendorId, id);
    must(await decideCase(admin, { id: (await caseOf(id)).id, decision: 'refused', why: 'suggestive' }));
    expect(await codeOf(publish(vendorId, id))).toBe('image.refused');
    expect(await toldTo(vendorId)).toEqual([{ kind: 'picture.remove', why: 'suggestive' }]);
    const file = await db().storedFile.findUnique({ where: { imageId: id } });
    expect(await fileStore().read(file?.id ?? '', 'w320')).not.toBeNull();
  });

  it(`are ${firstPictures}: after so many were accepted the local check decides alone`, async () => {
    const { vendorId } = await newVendor(false);
    await grantRoom(vendorId);
    for (let at = 0; at < firstPictures; at += 1) {
      const id = await bring(vendorId);
      expect(await codeOf(publish(vendorId, id))).toBe('image.waiting');
      must(await decideCase(admin, { id: (await caseOf(id)).id, decision: 'accepted', why: 'other' }));
    }
    expect(await codeOf(publish(vendorId, await bring(vendorId)))).toBe('shown');
    expect(await codeOf(publish(vendorId, await bring(vendorId, swimwear)))).toBe('image.waiting');
  });

  it('all wait when fifty are to be shown at once', async () => {
    const { vendorId } = await newVendor(false);
    await grantRoom(vendorId);
    const ids: string[] = [];
    for (let at = 0; at < firstPictures + 3; at += 1) ids.push(await bring(vendorId));
    const codes = await Promise.all(ids.map((id) => codeOf(publish(vendorId, id))));
    expect(new Set(codes)).toEqual(new Set(['image.waiting']));
    expect(
      (await listNewestImages({ tag: null, look: null }, null, 100)).filter(({ id }) => ids.includes(id)),
    ).toEqual([]);
  });
});

describe('what becomes public', () => {
  it.each([
    ['strict', true, swimwear, 'image.waiting'],
    ['strict', true, { porn: 0.2, hentai: 0.1, sexy: 0.15 }, 'image.waiting'],
    ['strict', true, plain, 'shown'],
    ['strict', false, plain, 'image.waiting'],
    ['standard', true, swimwear, 'shown'],
    ['standard', false, plain, 'image.waiting'],
    ['relaxed', false, swimwear, 'shown'],
  ] as const)('under %s, of a verified vendor: %s, with %o: %s', async (now, isVerified, scores, code) => {
    policy.now = now;
    const { vendorId } = await newVendor(isVerified);
    expect(await codeOf(publish(vendorId, await bring(vendorId, scores)))).toBe(code);
  });

  it('is looked at on that day when it came before scores were kept', async () => {
    const { vendorId } = await newVendor();
    const id = await bring(vendorId, swimwear);
    await database().query('UPDATE images SET scores = NULL WHERE id = $1', [id]);
    // Four plain colours: nothing that the network would mind.
    expect(await codeOf(publish(vendorId, id))).toBe('shown');
  });

  it('is asked of what becomes public alone: a person’s photo is judged as before and keeps no scores', async () => {
    const { userId } = await newUser();
    const source = await pictureOf();
    const photo = must(await addPhoto({ userId, fileName: 'me.jpg', source, moderate: saying(swimwear) }));
    expect(await imageOf(photo.id)).toMatchObject({ moderation: 'accepted' });
    const [row] = await database().query('SELECT scores FROM images WHERE id = $1', [photo.id]);
    expect(row?.scores).toBeNull();
  });
});

let visitors = 0;
/** A visitor of a network of their own. */
const visitor = () => {
  visitors += 1;
  return {
    address: `10.${visitors % 250}.${Math.floor(visitors / 250)}.7`,
    userAgent: `Mozilla/5.0 visitor ${visitors}`,
  };
};
const report = (imageId: string, from = visitor()) =>
  reportImage({ imageId, reason: 'stolen', note: null }, from);

async function shownImage(isVerified = false) {
  const { vendorId } = await newVendor(true);
  const id = await bring(vendorId);
  must(await publish(vendorId, id));
  await ownerDb().vendor.update({ where: { id: vendorId }, data: { isVerified } });
  return { vendorId, id, url: (await imageOf(id)).originalUrl };
}

const statusOf = async (url: string) => {
  const [, , , fileId = ''] = url.split('/');
  const ports = { store: fileStore(), userOf: async () => null, vendorOf: async () => null };
  const answer = await serveFile(new Request(new URL(url, 'http://localhost:3000')), fileId, 'w320', ports);
  await answer.body?.cancel();
  return answer.status;
};

describe('what visitors report', () => {
  it('is hidden until somebody decides, its old address dies, and its vendor is told', async () => {
    const { vendorId, id, url } = await shownImage();
    for (let at = 1; at < reportsThatHide.unverified; at += 1) must(await report(id));
    expect(await statusOf(url)).toBe(200);
    must(await report(id));
    expect(await imageOf(id)).toMatchObject({ isPublic: false, moderation: 'waiting' });
    expect(await statusOf(url)).toBe(404);
    expect(await caseOf(id)).toMatchObject({ reason: 'reported' });
    expect(await codeOf(publish(vendorId, id))).toBe('image.waiting');
    expect(await toldTo(vendorId)).toEqual([{ kind: 'picture.hold', why: null }]);
  });

  it('is not hidden by one network, however many browsers and addresses of it report', async () => {
    const { id, url } = await shownImage();
    for (let at = 0; at < 30; at += 1) {
      must(await report(id, { address: `192.0.2.${at}`, userAgent: `Mozilla/5.0 one of many ${at}` }));
    }
    for (let at = 0; at < 30; at += 1) {
      must(
        await report(id, { address: `2001:db8:7:${at.toString(16)}::1`, userAgent: `Mozilla/5.0 v6 ${at}` }),
      );
    }
    expect(await statusOf(url)).toBe(200);
  });

  it('takes more voices when somebody has looked at its vendor', async () => {
    const { id, url } = await shownImage(true);
    for (let at = 0; at < reportsThatHide.unverified; at += 1) must(await report(id));
    expect(await statusOf(url)).toBe(200);
    for (let at = reportsThatHide.unverified; at < reportsThatHide.verified; at += 1) must(await report(id));
    expect(await statusOf(url)).toBe(404);
  });

  it.each(['kept', 'removed'] as const)('is decided for good: %s', async (decision) => {
    const { vendorId, id } = await shownImage();
    for (let at = 0; at < reportsThatHide.unverified; at += 1) must(await report(id));
    const open = await db().imageReport.findFirstOrThrow({ where: { imageId: id, state: 'open' } });
    must(await decideReport(admin, { id: open.id, decision }));
    expect(await db().imageReport.count({ where: { imageId: id, state: 'open' } })).toBe(0);
    expect(await imageOf(id)).toMatchObject(
      decision === 'kept'
        ? { isPublic: true, moderation: 'accepted' }
        : { isPublic: false, moderation: 'refused' },
    );
    expect(await toldTo(vendorId)).toEqual([
      { kind: 'picture.hold', why: null },
      decision === 'kept' ? { kind: 'picture.accept', why: null } : { kind: 'picture.remove', why: 'stolen' },
    ]);
    if (decision === 'removed') return;
    // The same voices, or others, do not hide it again.
    for (let at = 0; at < reportsThatHide.verified; at += 1) must(await report(id));
    expect(await imageOf(id)).toMatchObject({ isPublic: true });
  });
});

describe('an image that is decided at the terminal', () => {
  it.each(['accepted', 'refused'] as const)(
    'has what visitors said about it settled: %s',
    async (decision) => {
      const { id } = await shownImage();
      for (let at = 0; at < reportsThatHide.unverified; at += 1) must(await report(id));
      must(await decideCase(system, { id: (await caseOf(id))?.id ?? '', decision, why: 'other' }));
      const reports = await db().imageReport.findMany({ where: { imageId: id } });
      expect(new Set(reports.map(({ state, decidedBy }) => `${state} ${decidedBy}`))).toEqual(
        new Set([`${decision === 'accepted' ? 'kept' : 'removed'} null`]),
      );
    },
  );
});

describe('an image that a moderator takes down', () => {
  it.each(['public', 'private', 'waiting'] as const)(
    'is seen by its vendor alone from then on, when it was %s',
    async (was) => {
      const { vendorId } = await newVendor(was !== 'waiting');
      const id = await bring(vendorId);
      if (was !== 'private') await publish(vendorId, id);
      const { originalUrl } = await imageOf(id);
      must(await takeDownImage(admin, { id, why: 'person' }));
      expect(await imageOf(id)).toMatchObject({ isPublic: false, moderation: 'refused' });
      expect(await statusOf(originalUrl)).toBe(404);
      expect(await codeOf(publish(vendorId, id))).toBe('image.refused');
      expect(await toldTo(vendorId)).toEqual([{ kind: 'picture.remove', why: 'person' }]);
      expect(await takeDownImage(admin, { id, why: 'person' })).toMatchObject({ code: 'state.illegal' });
      expect((await listModeration(1000)).some(({ imageId }) => imageId === id)).toBe(false);

      // A mistake is taken back: it is not shown by itself, and its vendor shows it without being asked again.
      must(await putBackImage(admin, { id }));
      expect(await imageOf(id)).toMatchObject({ isPublic: false, moderation: 'accepted' });
      expect((await toldTo(vendorId)).map(({ kind }) => kind)).toEqual(['picture.remove', 'picture.accept']);
      expect(await putBackImage(admin, { id })).toMatchObject({ code: 'state.illegal' });
      expect(await codeOf(publish(vendorId, id))).toBe('shown');
      must(await takeDownImage(admin, { id, why: 'person' }));
      await database().query(
        "UPDATE moderation_cases SET decided_at = decided_at - interval '31 days' WHERE image_id = $1 AND decision = 'refused'",
        [id],
      );
      expect(await putBackImage(admin, { id })).toMatchObject({ code: 'state.illegal' });
      expect(await imageOf(id)).toMatchObject({ moderation: 'refused' });
    },
  );

  it('is not put back by somebody else’s id, nor one that nobody refused, nor a photo whose bytes are gone', async () => {
    const { vendorId } = await newVendor();
    const { userId } = await newUser();
    const source = await pictureOf();
    const waits = async (): Promise<Verdict> => ({
      moderation: 'waiting',
      reason: 'uncertain',
      scores: plain,
    });
    const photo = must(await addPhoto({ userId, fileName: 'me.jpg', source, moderate: waits }));
    must(
      await decideCase(admin, { id: (await caseOf(photo.id))?.id ?? '', decision: 'refused', why: 'other' }),
    );
    for (const id of [await bring(vendorId), photo.id, crypto.randomUUID()]) {
      expect(await putBackImage(admin, { id })).toMatchObject({ code: 'state.illegal' });
    }
  });

  it('is the image of an account too: deleted, its address dies, and its owner is told why', async () => {
    const { vendorId } = await newVendor();
    policy.now = 'relaxed';
    const { url } = must(await changeAvatar(asVendor(vendorId), await pictureOf()));
    expect(await statusOf(url)).toBe(200);
    const wanted = { kind: 'vendor', id: vendorId, why: 'stolen' } as const;
    must(await takeAvatar(admin, wanted));
    expect(await statusOf(url)).toBe(404);
    expect(await db().vendor.findUniqueOrThrow({ where: { id: vendorId } })).toMatchObject({
      avatarUrl: null,
    });
    expect(await toldTo(vendorId)).toEqual([{ kind: 'avatar.remove', why: 'stolen' }]);
    expect(await takeAvatar(admin, wanted)).toMatchObject({ code: 'notFound' });
    expect(await takeAvatar(admin, { ...wanted, id: crypto.randomUUID() })).toMatchObject({
      code: 'notFound',
    });
  });

  it('is a vendor’s: of a person’s photos nothing is found', async () => {
    const { userId } = await newUser();
    const photo = must(await addPhoto({ userId, fileName: 'me.jpg', source: await pictureOf() }));
    expect(await takeDownImage(admin, { id: photo.id, why: 'other' })).toMatchObject({ code: 'notFound' });
  });
});
