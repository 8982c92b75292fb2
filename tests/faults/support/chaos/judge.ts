import { invariants } from '#lib/db/invariants.ts';
import { browserAt } from '#scripts/rig/browser.ts';
import { until } from '../watch.ts';
import type { Fate } from './history.ts';
import type { Person, Town } from './person.ts';

const settledWithinMs = 150_000;

/** Conversions under way and money that is not booked come to their end by themselves. */
export async function settle({ database }: Town, people: readonly Person[]): Promise<void> {
  const paid = people.flatMap((person) => [...person.paid.keys()]);
  const open = async () => {
    const [row] = await database.query<{ running: number; booked: number }>(
      `SELECT (SELECT count(*)::int FROM user_conversions WHERE status IN ('pending', 'processing')) AS running,
         (SELECT count(*)::int FROM payments WHERE status = 'completed' AND id = ANY ($1::uuid[])) AS booked`,
      [paid],
    );
    return { running: row?.running ?? -1, unbooked: paid.length - (row?.booked ?? 0) };
  };
  await until(
    'everything has ended',
    open,
    (left) => left.running === 0 && left.unbooked === 0,
    settledWithinMs,
  );
}

/** The longest time in seconds from money at the gateway to its period here. */
export async function slowestBooking({ database }: Town, people: readonly Person[]): Promise<number> {
  const paid = new Map(people.flatMap((person) => [...person.paid]));
  const booked = await database.query<{ id: string; at: Date }>(
    `SELECT resource_id AS id, created_at AS at FROM audit_logs WHERE action = 'payment.complete'`,
  );
  const took = booked.map(({ id, at }) => (at.getTime() - (paid.get(id) ?? at.getTime())) / 1000);
  return Math.max(0, ...took);
}

/**
 * Compares what people were told with what there is: accounts, pictures with their bytes, what is shown, conversions,
 * payments and charges. Answers a sentence for everything that is not as it was acknowledged, or neither whole nor absent.
 */
export async function judge(town: Town, people: readonly Person[]): Promise<string[]> {
  const wrong: string[] = [];
  const { database } = town;
  for (const { name, violations } of invariants) {
    const rows = await database.query(violations);
    if (rows.length > 0) wrong.push(`${name}: ${JSON.stringify(rows)}`);
  }
  for (const person of people) wrong.push(...(await judgeOne(town, person)));
  const twice = await database.query<{ id: string }>(
    `SELECT request_key::text AS id FROM user_conversions WHERE request_key IS NOT NULL GROUP BY request_key HAVING count(*) > 1`,
  );
  wrong.push(...twice.map(({ id }) => `the wish ${id} was granted more than once`));
  return wrong;
}

/** `unknown` is right either way; what it must be is whole, which other questions see. */
function compare(what: string, fates: ReadonlyMap<string, Fate>, isThere: (id: string) => boolean): string[] {
  return [...fates].flatMap(([id, fate]) => {
    if (fate === 'there' && !isThere(id)) return `${what} ${id} was acknowledged and is gone`;
    if (fate === 'gone' && isThere(id)) return `${what} ${id} was deleted and is there`;
    return [];
  });
}

type ImageRow = { id: string; url: string; isPublic: boolean; isTrashed: boolean };

async function judgeOne(town: Town, person: Person): Promise<string[]> {
  const { database, webs } = town;
  const [table, owner] = person.kind === 'user' ? ['users', 'user_id'] : ['vendors', 'vendor_id'];
  const wrong: string[] = [];
  const say = (...texts: string[]) => wrong.push(...texts.map((text) => `${person.who}: ${text}`));
  const [row] = await database.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE phone LIKE '%' || $1 AND is_active`,
    [person.phone.slice(1)],
  );
  say(...compare('account', new Map([[person.phone, person.account]]), () => row !== undefined));
  say(...(await judgePayments(town, person)));
  if (!row) return wrong;
  if (!(await person.signIn())) say('cannot sign in');
  for (const cookie of person.ended) {
    const answer = await browserAt(webs[0] ?? '', cookie).get(
      person.kind === 'user' ? '/api/conversions' : '/api/account/export?as=vendor',
    );
    await answer.arrayBuffer();
    if (answer.status !== 401) say(`a session that was ended answers ${answer.status}`);
  }

  const images = await database.query<ImageRow>(
    `SELECT id, original_url AS url, is_public AS "isPublic", deleted_at IS NOT NULL AS "isTrashed"
     FROM images WHERE ${owner} = $1`,
    [row.id],
  );
  const known = new Map(images.map((image) => [image.id, image]));
  say(...compare('picture', person.images, (id) => known.has(id)));
  say(...compare('showing picture', person.shown, (id) => known.get(id)?.isPublic ?? false));
  for (const image of images) {
    const answer = await person.at().get(image.url);
    const { byteLength } = await answer.arrayBuffer();
    if (!answer.ok || byteLength < 100) say(`picture ${image.id} answers ${answer.status}`);
    if (image.isTrashed) continue;
    const stranger = await browserAt(webs[0] ?? '').get(image.url);
    await stranger.arrayBuffer();
    if (stranger.ok !== image.isPublic) say(`picture ${image.id} answers strangers ${stranger.status}`);
  }
  if (person.kind === 'user') say(...(await judgeConversions(town, person, row.id, known)));
  else {
    const albums = await database.query<{ name: string }>('SELECT name FROM albums WHERE vendor_id = $1', [
      row.id,
    ]);
    say(...compare('album', person.albums, (title) => albums.some(({ name }) => name === title)));
  }
  return wrong;
}

async function judgeConversions(
  { database }: Town,
  person: Person,
  userId: string,
  images: ReadonlyMap<string, ImageRow>,
): Promise<string[]> {
  type Row = { id: string; key: string; status: string; result: string | null; isDeleted: boolean };
  const rows = await database.query<Row>(
    `SELECT id, replace(request_key::text, '-', '') AS key, status, result_image_id AS result,
       deleted_at IS NOT NULL AS "isDeleted" FROM user_conversions WHERE user_id = $1`,
    [userId],
  );
  const keys = new Set(rows.map(({ key }) => key));
  const asked = new Map([...person.asked].map(([key, { fate }]) => [key, fate]));
  const there = new Set(rows.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id));
  return [
    ...compare('wish', asked, (key) => keys.has(key)),
    ...[...keys].filter((key) => !asked.has(key)).map((key) => `nobody asked for ${key}, or it was refused`),
    ...compare('conversion', person.conversions, (id) => there.has(id)),
    ...rows
      .filter(
        ({ status, isDeleted, result }) => status === 'completed' && !isDeleted && !images.has(result ?? ''),
      )
      .map(({ id }) => `conversion ${id} is completed and has no result`),
  ];
}

/** Money at the gateway is one period here; no money, no period. */
async function judgePayments({ database }: Town, person: Person): Promise<string[]> {
  const ids = [...person.paid.keys()];
  const rows = await database.query<{ id: string; status: string; periods: number }>(
    `SELECT id, status, (SELECT count(*)::int FROM subscription_periods s WHERE s.payment_id = p.id) AS periods
     FROM payments p WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  const right = new Set(
    rows.filter(({ status, periods }) => status === 'completed' && periods === 1).map(({ id }) => id),
  );
  return ids
    .filter((id) => !right.has(id))
    .map((id) => `payment ${id} has money at the bank and no month here`);
}

/** Payments that have a month here and no money at the bank. */
export async function unpaidMonths({ database }: Town, people: readonly Person[]): Promise<string[]> {
  const paid = people.flatMap((person) => [...person.paid.keys()]);
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM payments WHERE status = 'completed' AND NOT id = ANY ($1::uuid[])`,
    [paid],
  );
  return rows.map(({ id }) => `payment ${id} was never paid and is completed`);
}
