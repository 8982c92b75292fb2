import { z } from 'zod';
import { log } from '#lib/core/log.ts';
import { insertVisits, type Visit, type VisitKind } from './store.ts';
import { hashVisitor, isRobot } from './visitor.ts';

/** What a page says was looked at: itself, and images that were opened. */
export const visitInput = z.strictObject({
  vendor: z.uuid().optional(),
  album: z.uuid().optional(),
  images: z.array(z.uuid()).max(60).default([]),
  /** The picture whose offer was pressed. */
  clicked: z.uuid().optional(),
  /** Whether one came by a printed code: of the image or the album that is said with it, else of the shop. */
  scanned: z.boolean().optional(),
});
export type VisitInput = z.output<typeof visitInput>;

/** Where a visit comes from; nothing of it is kept. */
export type VisitSource = {
  readonly address: string;
  readonly userAgent: string | null;
  /** The vendor who is signed in: owners do not count at their own. */
  readonly vendorId: string | null;
};

const pauseMs = 2000;
const batch = 500;
/** More than this waits only when the database does not answer; then counting is what goes. */
const mostWaiting = 10_000;

let waiting: Visit[] = [];
let timer: NodeJS.Timeout | null = null;

/** Writes down what waits. What the database does not take now is not counted. */
export async function flushVisits(): Promise<void> {
  if (timer) clearTimeout(timer);
  timer = null;
  const visits = waiting;
  waiting = [];
  try {
    for (let from = 0; from < visits.length; from += batch)
      await insertVisits(visits.slice(from, from + batch));
  } catch (error) {
    log.warn({ err: error, visits: visits.length }, 'visits were not written down');
  }
}

/**
 * Notes a visit, to be written with others in a moment: a page never waits for it, and a process that is killed
 * loses the last two seconds. Programs that say what they are are not noted.
 */
export async function noteVisit(input: VisitInput, source: VisitSource): Promise<void> {
  const scanned = input.images[0] ?? input.album ?? input.vendor;
  await note(
    [
      ...(input.vendor ? [['vendor', input.vendor] as [VisitKind, string]] : []),
      ...(scanned && input.scanned ? [['scan', scanned] as [VisitKind, string]] : []),
      ...(input.album ? [['album', input.album] as [VisitKind, string]] : []),
      ...[...new Set(input.images)].map((id): [VisitKind, string] => ['image', id]),
      ...(input.clicked ? [['click', input.clicked] as [VisitKind, string]] : []),
    ],
    source,
  );
}

/**
 * Notes that a browser shows a shop's looks in the frame on another site: it says itself where it shows what it asks for
 * (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/). On a page of ours it is the vendor who looks at it.
 */
export async function noteEmbed(
  vendorId: string,
  headers: Headers,
  source: Omit<VisitSource, 'vendorId'>,
): Promise<void> {
  const isFramed = headers.get('sec-fetch-dest') === 'iframe';
  if (!isFramed || headers.get('sec-fetch-site') !== 'cross-site') return;
  await note([['embed', vendorId]], { ...source, vendorId: null });
}

/** Notes that somebody came to a picture by its code, in a chat: `place` is what tells this chat from others. */
export async function noteScan(imageId: string, place: string): Promise<void> {
  await write([['scan', imageId]], { address: place, userAgent: null, vendorId: null });
}

async function note(seen: readonly [VisitKind, string][], source: VisitSource): Promise<void> {
  if (!isRobot(source.userAgent)) await write(seen, source);
}

async function write(seen: readonly [VisitKind, string][], source: VisitSource): Promise<void> {
  if (waiting.length > mostWaiting || seen.length === 0) return;
  const { day, hash } = await hashVisitor(source);
  waiting.push(
    ...seen.map(([kind, subjectId]) => ({
      kind,
      subjectId,
      day,
      visitor: hash,
      byVendorId: source.vendorId,
    })),
  );
  if (waiting.length >= batch) return flushVisits();
  timer ??= setTimeout(() => void flushVisits(), pauseMs).unref();
}
