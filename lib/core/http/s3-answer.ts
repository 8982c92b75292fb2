import { readBytes } from './read-body.ts';

/** What is asked of stores that speak S3, and what they answer. */

export type S3Call = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

/** Of an answer that is a document: a page of a list has at most 1,000 keys. */
const longestDocument = 2 * 1024 * 1024;

/** A refusal of the store, by its own code (`NoSuchBucket`, `SignatureDoesNotMatch`, ...). */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, what: string) {
    super(`the store answered ${status} ${code} to ${what}`);
    this.status = status;
    this.code = code;
  }
}

/** The whole of an answer that is a document. */
export async function documentOf(response: Response): Promise<string> {
  if (!response.body) return '';
  return (await readBytes(response.body, longestDocument))?.toString('utf8') ?? '';
}

/**
 * The text of the first element of this name. Enough for what these answers hold: keys come percent-encoded, everything
 * else is a code, a time, a number or a token, in which five entities may stand.
 */
export function textOf(xml: string, element: string): string | undefined {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return text
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** The key of an entry of a list, which was asked for in percent-encoding. */
export const keyOf = (entry: string) => decodeURIComponent((textOf(entry, 'Key') ?? '').replaceAll('+', ' '));
