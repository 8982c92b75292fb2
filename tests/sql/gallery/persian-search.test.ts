import { expect, test } from 'vitest';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newVendor } from '../rows.ts';

const database = useTestDatabase();

test('the database is UTF-8, so that a Persian letter is a letter', async () => {
  const rows = await database().query(
    `SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()`,
  );
  expect(rows).toEqual([{ encoding: 'UTF8' }]);
  expect(await database().query(`SELECT length('سلام') AS letters, 'گ' ~ '\\w' AS is_letter`)).toEqual([
    { letters: 4, is_letter: true },
  ]);
});

test('a part of a Persian name is found by trigrams, and a misspelt one by similarity', async () => {
  await newVendor(database(), { business_name: 'آتلیه عکاسی نگار' });
  await newVendor(database(), { business_name: 'گالری بهار تهران' });
  await newVendor(database(), { business_name: 'Studio Rose' });
  const found = async (where: string, text: string) =>
    (
      await database().query<{ name: string }>(`SELECT business_name AS name FROM vendors WHERE ${where}`, [
        text,
      ])
    ).map((row) => row.name);
  expect(await found(`business_name ILIKE '%' || $1 || '%'`, 'عکاسی')).toEqual(['آتلیه عکاسی نگار']);
  expect(await found('word_similarity($1, business_name) > 0.5', 'نگاار')).toEqual(['آتلیه عکاسی نگار']);
  expect(await found('business_name % $1', 'گالری بهار')).toEqual(['گالری بهار تهران']);
  expect(await database().query(`SELECT show_trgm('نگار') AS trigrams`)).toMatchObject([
    { trigrams: expect.arrayContaining([expect.any(String)]) },
  ]);
});
