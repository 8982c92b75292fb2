import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountOf } from '#lib/core/actor.ts';
import type { createClient } from '#lib/db/client.ts';
import { quotePlan } from '#lib/payments/plan/quote-plan.ts';
import type { GatewayServer } from '#scripts/rig/payment-gateway.ts';
import { quarters } from '#tests/support/pictures.ts';
import type { Chance } from './chance.ts';
import type { Fate } from './history.ts';
import { meet, type Person, type Town } from './person.ts';

/** What people of a round live on besides. */
export type Means = {
  readonly gateway: GatewayServer;
  /** To read prices with, past the faults. */
  readonly quotes: ReturnType<typeof createClient>;
};

type Deed = (person: Person, chance: Chance) => Promise<void>;

const thoseOf = (fates: ReadonlyMap<string, Fate>, fate: Fate) =>
  [...fates].filter(([, one]) => one === fate).map(([id]) => id);

async function send(person: Person, chance: Chance, town: Town): Promise<void> {
  const bytes = await quarters(160 + chance.below(80), 120 + chance.below(60))
    .jpeg()
    .toBuffer();
  const slug = person.kind === 'user' ? 'photo' : 'gallery';
  await town.history.attempt(person.who, 'upload', async () => {
    const id = await person.at().upload(bytes, slug);
    person.images.set(id, 'there');
    return { ok: true };
  });
}

/** What was acknowledged is shown to its owner whenever anybody answers at all. */
async function look(person: Person, chance: Chance, town: Town): Promise<void> {
  const [id = ''] = [chance.one(thoseOf(person.images, 'there'))];
  const [row] = await town.database
    .query<{ url: string }>('SELECT original_url AS url FROM images WHERE id = $1', [id])
    .catch(() => []);
  if (!row) return;
  await town.history.attempt(person.who, 'look', async () => {
    const answer = await person.at().get(row.url);
    const { byteLength } = await answer.arrayBuffer();
    const isStill = person.images.get(id) === 'there';
    if (answer.status === 404 && isStill && !person.shown.has(id))
      town.history.troubles.push(`${person.who}: picture ${id} answered 404`);
    return { ok: answer.ok && byteLength > 0, code: String(answer.status) };
  });
}

async function convert(person: Person, chance: Chance): Promise<void> {
  const imageId = chance.one(thoseOf(person.images, 'there'));
  const requestKey = randomUUID().replaceAll('-', '');
  const wish = { imageIds: [imageId], style: chance.one(['duotone', 'noir', 'oil']), requestKey };
  const entry = { fate: 'unknown' as Fate, id: null as string | null };
  person.asked.set(requestKey, entry);
  // A browser that hears nothing asks again, with the same key.
  for (let turn = 0; turn < 3; turn += 1) {
    const { outcome, value } = await person.act('requestConversions', '/studio', wish);
    if (outcome === 'done') {
      entry.fate = 'there';
      entry.id = (value as { ids: string[] }).ids[0] ?? null;
      if (entry.id) person.conversions.set(entry.id, 'there');
      return;
    }
    if (outcome === 'refused') {
      if (turn === 0) person.asked.delete(requestKey);
      return;
    }
    await sleep(300);
  }
}

async function pay(person: Person, chance: Chance, town: Town, means: Means): Promise<void> {
  const table = person.kind === 'user' ? 'users' : 'vendors';
  const [row] = await town.database
    .query<{ id: string }>(`SELECT id FROM ${table} WHERE phone LIKE '%' || $1`, [person.phone.slice(1)])
    .catch(() => []);
  if (!row) return;
  const plan = person.kind === 'user' ? 'basic' : 'vendor_pro';
  const actor =
    person.kind === 'user'
      ? ({ kind: 'user', userId: row.id, sessionId: '' } as const)
      : ({ kind: 'vendor', vendorId: row.id, sessionId: '' } as const);
  const quote = await quotePlan(means.quotes, accountOf(actor), plan).catch(() => null);
  if (!quote?.ok) return;
  const name = person.kind === 'user' ? 'startUserPayment' : 'startVendorPayment';
  const path = person.kind === 'user' ? '/billing/review/basic' : `/vendor/billing/review/${plan}`;
  const input = { plan, locale: 'fa', payableRials: String(quote.value.payableRials) };
  const started = await person.act(name, path, input);
  if (started.outcome !== 'done') return;
  const { paymentId, payUrl } = started.value as { paymentId: string; payUrl: string };
  const authority = payUrl.split('/').at(-1) ?? '';
  const paidAt = Date.now();
  const isPaid = await means.gateway.pay(authority).then(
    () => true,
    () => false,
  );
  if (!isPaid) return;
  person.paid.set(paymentId, person.paid.get(paymentId) ?? paidAt);
  // Some close the browser at the bank.
  if (chance.next() < 0.2) return;
  await town.history.attempt(person.who, 'return from the bank', async () => {
    const answer = await person.at().get(`/api/payments/zarinpal/callback?Authority=${authority}&Status=OK`);
    await answer.arrayBuffer();
    return { ok: answer.status === 303, code: String(answer.status) };
  });
}

const show = (person: Person, chance: Chance, wanted: 'there' | 'gone') => {
  const id = chance.one(thoseOf(person.images, 'there').filter((one) => person.shown.get(one) !== wanted));
  const name = wanted === 'there' ? 'publishImages' : 'unpublishImages';
  return meet(person.shown, id, wanted, () => person.act(name, '/vendor/images', { ids: [id] }));
};

/** What somebody may do next, each as often as its weight. */
function deedsOf(person: Person, town: Town, means: Means): readonly (readonly [number, Deed])[] {
  const photos = thoseOf(person.images, 'there');
  const made = thoseOf(person.conversions, 'there');
  const when = (is: boolean, weight: number) => (is ? weight : 0);
  const common: [number, Deed][] = [
    [photos.length < 8 ? 5 : 1, (one, chance) => send(one, chance, town)],
    [when(photos.length > 0, 4), (one, chance) => look(one, chance, town)],
    [1, (one) => one.signOutAndIn()],
    [2, (one, chance) => pay(one, chance, town, means)],
    [0.2, (one) => one.deleteAccount()],
  ];
  if (person.kind === 'user') {
    return [
      ...common,
      [when(photos.length > 0, 6), convert],
      [
        when(photos.length > 2, 1),
        async (one, chance) => {
          const id = chance.one(photos);
          await meet(one.images, id, 'gone', () => one.act('deletePhoto', '/studio', { id }));
        },
      ],
      [
        when(made.length > 2, 1),
        async (one, chance) => {
          const id = chance.one(made);
          await meet(one.conversions, id, 'gone', () =>
            one.act('deleteConversion', `/conversions/${id}`, { id }),
          );
        },
      ],
    ];
  }
  const hidden = photos.filter((id) => one(person.shown, id) !== 'there');
  const open = photos.filter((id) => one(person.shown, id) === 'there');
  return [
    ...common,
    [when(hidden.length > 0, 5), async (one, chance) => void (await show(one, chance, 'there'))],
    [when(open.length > 0, 2), async (one, chance) => void (await show(one, chance, 'gone'))],
    [
      2,
      async (one) => {
        const title = `album ${one.albums.size + 1}`;
        await meet(one.albums, title, 'there', () => one.act('createAlbum', '/vendor/albums', { title }));
      },
    ],
    [
      when(photos.length > 2, 1),
      async (one, chance) => {
        const id = chance.one(photos);
        const trashed = await one.act('trashImages', '/vendor/images', { ids: [id] });
        one.shown.set(id, trashed.outcome === 'done' ? 'gone' : 'unknown');
        if (trashed.outcome !== 'done') return;
        await meet(one.images, id, 'gone', () =>
          one.act('purgeImages', '/vendor/images?show=trash', { ids: [id] }),
        );
      },
    ],
  ];
}

const one = (fates: ReadonlyMap<string, Fate>, id: string): Fate => fates.get(id) ?? 'gone';

function weighed(deeds: readonly (readonly [number, Deed])[], chance: Chance): Deed | undefined {
  let left = chance.next() * deeds.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, deed] of deeds) {
    left -= weight;
    if (left < 0) return deed;
  }
  return undefined;
}

/** Lives on until it is over, or until the account is gone or nobody knows whether it is. */
export async function live(
  person: Person,
  town: Town,
  means: Means,
  chance: Chance,
  isOver: () => boolean,
): Promise<void> {
  if (!(await person.signUp())) return;
  while (!isOver() && person.account === 'there') {
    const deeds = deedsOf(person, town, means);
    await weighed(deeds, chance)?.(person, chance);
    await sleep(chance.between(30, 250));
  }
}
