import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { requestConversion, requestConversions } from '#lib/conversions/request-conversions.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { requestAll } from '#lib/conversions/store.ts';
import { fail } from '#lib/core/result.ts';
import { transactAtOnce } from '#lib/db/transact.ts';
import { agreeToPhotos, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { must, newPhoto, scriptedEngine, useConversions } from '#tests/support/conversions.ts';

/** Somebody else's engine makes our presets; what is taken from galleries is made here. */
Object.assign(process.env, {
  STYLE_ENGINE: 'gemini',
  STYLE_ENGINE_KEY: 'key',
  STYLE_ENGINE_LOOKS: 'style',
});

const { database } = useConversions();

async function agreed() {
  const photo = await newPhoto();
  must(await agreeToPhotos(photo.actor.userId, photoTerms().code));
  return photo;
}

const kept = (ids: readonly string[]) =>
  database().query('SELECT look FROM user_conversions WHERE id = ANY ($1::uuid[])', [ids]);

test('a strength is not asked of an engine that makes the whole look, whoever sends it', async () => {
  const { actor, imageId } = await agreed();
  const { id } = must(await requestConversion(actor, { imageId, style: 'oil', strength: 0.4 }));
  expect(await kept([id])).toEqual([{ look: null }]);
});

test('two looks that differ by their strength alone are one there, charged once', async () => {
  const { actor, imageId } = await agreed();
  const looks = [
    { style: 'oil' as const, strength: 0.4 },
    { style: 'oil' as const, strength: 0.8 },
  ];
  const { ids } = must(await requestConversions(actor, { imageIds: [imageId], looks }));
  expect(await kept(ids)).toEqual([{ look: null }]);
});

test('what was asked for while our own engine made everything says no part of a picture that another made', async () => {
  const { actor, imageId } = await agreed();
  const id = randomUUID();
  const oil = { id, imageId, style: 'oil' as const, styleImageId: null, chosen: { strength: 0.4 } };
  await transactAtOnce(
    (commit) =>
      requestAll(commit, { userId: actor.userId, conversions: [oil], requestKey: null, price: null }),
    async () => [id],
  );
  expect(must(await findConversion(actor, id)).strength).toBe(0.4);
  const engine = { ...scriptedEngine(async () => fail('conversion.engine', 'broken')), name: 'gemini' };
  await runConversion(id, { engine, signal: new AbortController().signal, isLastTry: true });
  expect(must(await findConversion(actor, id)).strength).toBeNull();
  const again = must(await retryConversion(actor, id));
  expect(await kept([again.id])).toEqual([{ look: null }]);
});
