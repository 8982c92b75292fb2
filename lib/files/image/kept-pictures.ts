import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { ByteLru } from '#lib/core/http/byte-lru.ts';
import { log } from '#lib/core/log.ts';
import { type ChangeClock, changes } from '#lib/core/pages/changes.ts';
import { galleryOf, watchChanges } from '#lib/db/changes/watch-changes.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';
import { variantNames } from '../policy.ts';
import { fileStore } from '../storage/open-store.ts';
import { serveFile } from './serve-file.ts';
import { findStoredFile } from './store.ts';

const address = new RegExp(`^/api/files/([0-9a-f]{32})/(${variantNames.join('|')})$`);
const mostBytes = 24 * 1024 * 1024;
/** Larger ones are few, and are streamed. */
const mostOfOne = 400_000;
/** How long it is believed that a picture is public still; a change that is heard of ends it sooner. */
const freshMs = 10_000;
/** How long a picture may stand in for a database that does not answer, and how long until it is asked again. */
const awayMs = 10 * 60_000;
const awayFreshMs = 2000;
const mostAsked = 5000;

type Kept = {
  readonly scope: string;
  readonly headers: OutgoingHttpHeaders;
  readonly bytes: Buffer;
  /** When the database was asked last whether everybody may see it, and until when that is believed. */
  seenAt: number;
  until: number;
};

const nobody = { userOf: async () => null, vendorOf: async () => null };

/**
 * Pictures of galleries from memory, before the framework: the bytes under an address never change, and whether everybody
 * may see them is asked again every ten seconds and whenever something of the vendor has changed. Kept from the second
 * request on. Ranges, downloads, signed addresses and what is not public are left to the route.
 */
export class KeptPictures {
  readonly #pictures = new ByteLru<Kept>(mostBytes);
  readonly #asked = new Set<string>();
  readonly #asking = new Map<string, Promise<Kept | null>>();
  readonly #clock: ChangeClock;

  constructor(clock: ChangeClock = changes) {
    this.#clock = clock;
    clock.watch((changed) => {
      for (const [, picture] of this.#pictures) {
        if (changed === null || changed.includes(picture.scope)) picture.until = 0;
      }
    });
  }

  /** Answers a request for a picture that is kept, or will be from now on; false: the route has to. */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    route: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): boolean {
    const { method, url = '', headers } = request;
    const [, id, variant] = address.exec(url) ?? [];
    if (method !== 'GET' || !id || !variant || headers.range !== undefined) return false;
    const known = this.#pictures.get(url);
    if (known && known.until > Date.now()) {
      send(known, request, response);
      return true;
    }
    if (!known && !this.#asked.has(url)) {
      if (this.#asked.size >= mostAsked) this.#asked.clear();
      this.#asked.add(url);
      return false;
    }
    const asking = this.#asking.get(url) ?? this.#ask(url, id, variant, known);
    this.#asking.set(url, asking);
    void asking.then((picture) => {
      this.#asking.delete(url);
      if (response.destroyed) return;
      if (picture) send(picture, request, response);
      else route(request, response);
    });
    return true;
  }

  async #ask(url: string, id: string, variant: string, known: Kept | undefined): Promise<Kept | null> {
    watchChanges();
    const moment = this.#clock.moment;
    try {
      const file = await findStoredFile(id);
      const scope = file?.isPublic && file.vendorId ? galleryOf(file.vendorId) : null;
      const picture = scope && (known ?? (await load(url, id, variant, scope)));
      if (!picture || this.#clock.changedSince(picture.scope, moment)) {
        this.#pictures.delete(url);
        return null;
      }
      Object.assign(picture, { seenAt: Date.now(), until: Date.now() + freshMs });
      this.#pictures.set(url, picture, picture.bytes.length);
      return picture;
    } catch (error) {
      if (known && isDatabaseUnavailable(error) && Date.now() - known.seenAt < awayMs) {
        known.until = Date.now() + awayFreshMs;
        return known;
      }
      log.warn({ err: error }, 'a picture could not be kept');
      return null;
    }
  }
}

/** The picture as the route answers it to anybody; null when it would not, and when it is too large. */
async function load(url: string, id: string, variant: string, scope: string): Promise<Kept | null> {
  const request = new Request(new URL(url, 'http://localhost'));
  const answer = await serveFile(request, id, variant, { store: fileStore(), ...nobody });
  if (answer.status !== 200 || Number(answer.headers.get('content-length')) > mostOfOne) {
    await answer.body?.cancel();
    return null;
  }
  const bytes = Buffer.from(await answer.arrayBuffer());
  const headers = { ...Object.fromEntries(answer.headers), 'content-length': bytes.length };
  return { scope, headers, bytes, seenAt: 0, until: 0 };
}

function send({ headers, bytes }: Kept, request: IncomingMessage, response: ServerResponse): void {
  const known = request.headers['if-none-match'];
  if (known?.includes(String(headers.etag))) {
    const { 'content-length': _, ...rest } = headers;
    response.writeHead(304, rest).end();
  } else response.writeHead(200, headers).end(bytes);
}
