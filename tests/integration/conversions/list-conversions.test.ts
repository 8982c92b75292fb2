import { describe, expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { must, newActor, newConversion, newPhoto, useConversions } from '#tests/support/conversions.ts';

const { database } = useConversions();

describe('the history', () => {
  test('comes in pages that neither skip nor repeat, microseconds included', async () => {
    const { actor, imageId } = await newPhoto();
    await database().query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, source_image_id, created_at)
       SELECT $1, 'free', '/x', 'noir', $2, timestamptz '2026-01-01' + n * interval '1 microsecond' FROM generate_series(1, 60) n`,
      [actor.userId, imageId],
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConversions(actor, { cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
  });

  test('shows a person only what is theirs', async () => {
    const { actor, id } = await newConversion();
    const stranger = await newActor();
    expect((await listConversions(stranger)).items).toEqual([]);
    expect(await findConversion(stranger, id)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await findConversion(actor, "' OR 1=1")).toMatchObject({ ok: false, code: 'notFound' });
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'pending',
      queuePosition: expect.any(Number),
    });
  });
});
