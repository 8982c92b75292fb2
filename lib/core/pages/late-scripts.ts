import type { ServerResponse } from 'node:http';
import { beginWhenPainted, keepPresses } from './page-start.ts';

/** What scripts are called until they may begin. */
const waiting = 'text/waiting';
const paintMs = 3000;
const pressMs = 60_000;

/** Without the comments and the space that it is written with. */
const starter = `(${keepPresses})(${pressMs});(${beginWhenPainted})("${waiting}",${paintMs})`
  .replace(/^\s*\/\/.*$/gm, '')
  .replace(/\s+/g, ' ');

/** Where the framework names a script of the page; and the end of the head, which is in what it writes first. */
const named = [
  ['<script src="/_next/', `<script type="${waiting}" src="/_next/`],
  ['<link rel="preload" as="script"', `<link rel="${waiting}" as="script"`],
] as const;
const headEnd = '</head>';
const places = [...named.map(([from]) => from), headEnd];
const anyPlace = new RegExp(places.join('|'), 'g');

/** How much of the end of a text could be the beginning of a place. */
function lengthHeldBack(text: string): number {
  const longest = Math.max(...places.map((place) => place.length)) - 1;
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (places.some((place) => place.startsWith(end))) return length;
  }
  return 0;
}

/** The text of a page, given in parts that end anywhere, with its scripts waiting. */
export class WaitingScripts {
  readonly #start: string;
  #heldBack = '';
  #hasStart = false;

  /** @param nonce what the page's policy asks of scripts */
  constructor(nonce: string) {
    this.#start = `<script nonce="${nonce}">${starter}</script>`;
  }

  take(part: string): string {
    const text = this.#heldBack + part;
    const whole = text.length - lengthHeldBack(text);
    this.#heldBack = text.slice(whole);
    return text.slice(0, whole).replace(anyPlace, (place) => {
      if (place !== headEnd) return named.find(([from]) => from === place)?.[1] ?? place;
      if (this.#hasStart) return place;
      this.#hasStart = true;
      return this.#start + place;
    });
  }

  /** What was held back and turned out to be no place. */
  rest(): string {
    return this.#heldBack;
  }
}

/** Bytes as letters, one for one, and back: a part may end inside a letter. */
const lettersOf = (chunk: string | Uint8Array) => Buffer.from(chunk as Uint8Array).toString('latin1');
const bytesOf = (letters: string) => Buffer.from(letters, 'latin1');

/** The page that this answer is going to be; null for what is none, or has no script. */
function pageOf(response: ServerResponse): WaitingScripts | null {
  const policy = String(response.getHeader('content-security-policy'));
  const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
  if (nonce === undefined || !String(response.getHeader('content-type')).startsWith('text/html')) return null;
  // It becomes longer than the framework knows.
  if (!response.headersSent) response.removeHeader('content-length');
  return new WaitingScripts(nonce);
}

/**
 * Lets the scripts of a page wait for its first paint. Answers that are no pages stay as they are.
 *
 * @param response of which nothing has been written; the framework writes parts to it, and ends it with or without one
 */
export function holdScripts(response: ServerResponse): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let page: WaitingScripts | null | undefined;
  const taken = (chunk: unknown): unknown => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return chunk;
    if (page === undefined) page = pageOf(response);
    return page ? bytesOf(page.take(lettersOf(chunk))) : chunk;
  };
  response.write = (chunk: unknown, ...rest: unknown[]) => write(taken(chunk), ...(rest as []));
  response.end = (...given: unknown[]) => {
    const last = taken(given[0]);
    const heldBack = bytesOf(page?.rest() ?? '');
    if (heldBack.length === 0) return end(last, ...(given.slice(1) as []));
    if (last instanceof Uint8Array) write(last);
    return end(heldBack);
  };
}
