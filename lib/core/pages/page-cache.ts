import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Encoding, encodingFor } from '../http/accept-encoding.ts';
import { ByteLru } from '../http/byte-lru.ts';
import { newNonce } from '../http/security-headers.ts';
import { log } from '../log.ts';
import { type ChangeClock, changes } from './changes.ts';
import { type KeptPage, toKeptPage } from './kept-page.ts';
import { type KeptRequest, type KeptRoute, toKeptRequest } from './kept-request.ts';
import { PageRecord } from './record.ts';
import { ApartRenderer, type Handle } from './render-apart.ts';

/** Tells that an answer came from here; everything else about it is as if it had been made anew. */
const keptHeader = 'x-kept';

/** Of addresses that were asked for once, or could not be kept: only so many are remembered. */
const mostAddresses = 5000;
/** How long an address whose page cannot be kept is made anew without being tried. */
const unfitMs = 10_000;
const mostFills = 8;

type Options = {
  readonly routes: readonly KeptRoute[];
  readonly hostOf: (asked: string) => string | null;
  readonly handle: Handle;
  readonly mostBytes: number;
  readonly clock?: ChangeClock;
};

/** A set that forgets everything when it is full: what is in it saves work, and decides nothing. */
class Remembered {
  readonly #at = new Map<string, number>();
  has(key: string, withinMs = Number.POSITIVE_INFINITY): boolean {
    const at = this.#at.get(key);
    return at !== undefined && Date.now() - at < withinMs;
  }
  add(key: string): void {
    if (this.#at.size >= mostAddresses) this.#at.clear();
    this.#at.set(key, Date.now());
  }
}

/**
 * Pages that are the same for every visitor, made once and answered with a nonce of their own each time
 * (docs/decisions/054). Kept until something that they show has changed; what cannot be proven to be anybody's page is
 * left to the framework.
 */
export class PageCache {
  readonly #options: Options;
  readonly #clock: ChangeClock;
  readonly #renderer: ApartRenderer;
  readonly #pages: ByteLru<KeptPage>;
  readonly #fills = new Map<string, Promise<KeptPage | null>>();
  readonly #asked = new Remembered();
  readonly #unfit = new Remembered();

  constructor(options: Options) {
    this.#options = options;
    this.#clock = options.clock ?? changes;
    this.#renderer = new ApartRenderer(options.handle);
    this.#pages = new ByteLru(options.mostBytes);
    this.#clock.watch((changed) => {
      for (const [key, { scopes }] of this.#pages) {
        if (changed === null || changed.some((scope) => scopes.has(scope))) this.#pages.delete(key);
      }
    });
  }

  /** What the pages take, in bytes. */
  get bytes(): number {
    return this.#pages.bytes;
  }

  /** Answers a request whose page is kept, or will be from now on; false: somebody else has to. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { routes, hostOf, handle } = this.#options;
    const wanted = toKeptRequest(request, routes, hostOf);
    if (!wanted) return false;
    const key = `${wanted.host} ${wanted.address}`;
    const encoding = encodingFor(request.headers['accept-encoding']);
    const page = this.#pages.get(key);
    if (page && page.until > Date.now() && page.isReady(encoding)) {
      send(page, encoding, response);
      return true;
    }
    if (!this.#isWorthIt(key, page)) return false;
    void this.#find(key, wanted, encoding).then((found) => {
      if (response.destroyed) return;
      if (found) send(found, encoding, response);
      else void handle(request, response);
    });
    return true;
  }

  /** What is asked for once, or cannot be kept, is made for the one who asks: nobody fills the memory by inventing addresses. */
  #isWorthIt(key: string, page: KeptPage | undefined): boolean {
    if (this.#unfit.has(key, unfitMs)) return false;
    if (page || this.#fills.has(key)) return true;
    const isKnown = this.#asked.has(key);
    this.#asked.add(key);
    return isKnown && this.#fills.size < mostFills;
  }

  async #find(key: string, wanted: KeptRequest, encoding: Encoding | null): Promise<KeptPage | null> {
    const known = this.#pages.get(key);
    const isGood = known !== undefined && known.until > Date.now();
    const page = isGood ? known : await this.#fillOnce(key, wanted);
    if (!page || page.isReady(encoding) || encoding === null) return page;
    await page.makeReady(encoding);
    // It weighs more now; unless it has gone meanwhile.
    if (this.#pages.get(key) === page) this.#pages.set(key, page, page.bytes);
    return page;
  }

  #fillOnce(key: string, wanted: KeptRequest): Promise<KeptPage | null> {
    const filling = this.#fills.get(key);
    if (filling) return filling;
    const begun = this.#fill(key, wanted)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'a page could not be made to be kept');
        this.#unfit.add(key);
        return null;
      })
      .finally(() => this.#fills.delete(key));
    this.#fills.set(key, begun);
    return begun;
  }

  async #fill(key: string, { host, address, route }: KeptRequest): Promise<KeptPage | null> {
    const moment = this.#clock.moment;
    const record = new PageRecord();
    const rendered = await this.#renderer.render(host, address, record);
    if (record.isOvertaken) return null;
    const page = toKeptPage(rendered, record, route);
    if (typeof page === 'string') {
      log.debug({ why: page }, 'a page is not kept');
      this.#unfit.add(key);
      return null;
    }
    // What changed while it was made may be missing in it.
    if ([...page.scopes].some((scope) => this.#clock.changedSince(scope, moment))) return null;
    this.#pages.set(key, page, page.bytes);
    return page;
  }
}

function send(page: KeptPage, wanted: Encoding | null, response: ServerResponse): void {
  const nonce = newNonce();
  const packed = page.bodyWith(nonce, wanted);
  const body = packed ?? page.bodyWith(nonce, null) ?? Buffer.alloc(0);
  response.writeHead(200, {
    ...page.headersWith(nonce),
    ...(packed && wanted ? { 'content-encoding': wanted } : {}),
    'content-length': body.length,
    [keptHeader]: '1',
  });
  response.end(body);
}
