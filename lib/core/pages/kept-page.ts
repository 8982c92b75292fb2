import type { OutgoingHttpHeaders } from 'node:http';
import type { Encoding } from '../http/accept-encoding.ts';
import type { KeptRoute } from './kept-request.ts';
import { fill, gzipFile, type PackedBody, packBody, toBody } from './packed-body.ts';
import type { PageRecord } from './record.ts';
import type { Rendered } from './render-apart.ts';

type Header = readonly [name: string, value: string | readonly string[], hasNonce: boolean];

/** What belongs to one answer and not to the page. */
const ofOneAnswer = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
  'x-request-id',
]);
/** Of what a header, a page's body and its entry take besides their text. */
const overheadBytes = 4096;

/** Long enough that no text of a page has it by chance. */
const fragment = 8;

/** Whether a part of the nonce stands where the whole does not: the framework may cut its data anywhere. */
function isCut(text: string, nonce: string): boolean {
  const rest = text.replaceAll(nonce, '');
  for (let at = 0; at + fragment <= nonce.length; at += 1) {
    if (rest.includes(nonce.slice(at, at + fragment))) return true;
  }
  return false;
}

/** A page that every visitor may see, with the places of its nonce. */
export class KeptPage {
  readonly until: number;
  readonly scopes: ReadonlySet<string>;
  readonly #nonce: string;
  readonly #headers: readonly Header[];
  readonly #plain: PackedBody;
  readonly #packed = new Map<Encoding, PackedBody | null>();
  readonly #packing = new Map<Encoding, Promise<PackedBody | null>>();

  constructor({ headers, text }: Rendered, nonce: string, record: PageRecord, until: number) {
    this.until = until;
    this.scopes = record.scopes;
    this.#nonce = nonce;
    this.#plain = toBody(text, nonce);
    this.#headers = Object.entries(headers)
      .filter(([name]) => !ofOneAnswer.has(name))
      .map(([name, value]) => {
        const given = Array.isArray(value) ? value.map(String) : String(value);
        return [name, given, String(given).includes(nonce)];
      });
  }

  get bytes(): number {
    const bodies = [this.#plain, ...this.#packed.values()];
    return bodies.reduce((sum, body) => sum + (body?.bytes.length ?? 0), overheadBytes);
  }

  headersWith(nonce: string): OutgoingHttpHeaders {
    const put = (value: string) => value.replaceAll(this.#nonce, nonce);
    const headers: OutgoingHttpHeaders = {};
    for (const [name, value, hasNonce] of this.#headers) {
      if (typeof value === 'string') headers[name] = hasNonce ? put(value) : value;
      else headers[name] = hasNonce ? value.map(put) : [...value];
    }
    return headers;
  }

  /** Whether the page is packed in this encoding, or cannot be. */
  isReady(encoding: Encoding | null): boolean {
    return encoding === null || this.#packed.has(encoding);
  }

  /** Packs the page, once for all who wait for it. */
  async makeReady(encoding: Encoding): Promise<void> {
    const packing = this.#packing.get(encoding) ?? packBody(this.#plain, encoding).catch(() => null);
    this.#packing.set(encoding, packing);
    this.#packed.set(encoding, await packing);
  }

  /** The page with this nonce in an encoding that is ready; null where it could not be packed so. */
  bodyWith(nonce: string, encoding: Encoding | null): Buffer | null {
    if (encoding === null) return fill(this.#plain, nonce);
    const packed = this.#packed.get(encoding);
    if (!packed) return null;
    const filled = fill(packed, nonce);
    return encoding === 'gzip' ? gzipFile(filled, fill(this.#plain, nonce)) : filled;
  }
}

/** Until when a page without any data is kept. */
const longestMs = 60_000;

/** What was rendered as a page to keep; else why it is not one. */
export function toKeptPage(rendered: Rendered, record: PageRecord, route: KeptRoute): KeptPage | string {
  const { status, headers, text } = rendered;
  if (record.unfit) return record.unfit;
  if (status !== 200) return `status ${status}`;
  if (headers['set-cookie']) return 'a cookie';
  if (!String(headers['content-type']).startsWith('text/html')) return 'no page';
  if (!text.endsWith('</html>')) return 'an end that is missing';
  // Programs that show a link read no further; where it comes late, they are given it in its place.
  if (text.indexOf('<title>') > text.indexOf('</head>')) return 'a head that came late';
  if (/data-dgst=|\\"digest\\":/.test(text)) return 'an error inside';
  const nonce = /'nonce-([\w+/]{22}==)'/.exec(String(headers['content-security-policy']))?.[1];
  if (!nonce || isCut(text, nonce)) return 'a nonce that cannot be found';
  const shown = [...record.scopes];
  const missing = route.shows.find((beginning) => !shown.some((scope) => scope.startsWith(beginning)));
  if (missing !== undefined) return `nothing was noted of ${missing}`;
  return new KeptPage(rendered, nonce, record, Math.min(record.until, Date.now() + longestMs));
}
