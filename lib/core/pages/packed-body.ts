import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  crc32,
  createBrotliCompress,
  createDeflateRaw,
  inflateRaw,
  type Zlib,
} from 'node:zlib';
import type { Encoding } from '../http/accept-encoding.ts';
import { newNonce } from '../http/security-headers.ts';

/** The length of a nonce in bytes: 16 random ones in base64, which end in `==`. */
const nonceBytes = 24;

/** A body in one encoding, with a nonce at each of the places. */
export type PackedBody = { readonly bytes: Buffer; readonly places: readonly number[] };

/** A body as it is, and where its nonce stands. */
export function toBody(text: string, nonce: string): PackedBody {
  const bytes = Buffer.from(text);
  const places: number[] = [];
  for (let at = bytes.indexOf(nonce); at >= 0; at = bytes.indexOf(nonce, at + nonceBytes)) places.push(at);
  return { bytes, places };
}

/** The body with another nonce in all its places. */
export function fill({ bytes, places }: PackedBody, nonce: string): Buffer {
  const filled = Buffer.from(bytes);
  for (const place of places) filled.write(nonce, place, 'latin1');
  return filled;
}

/** Bytes that no page of ours has, so that no encoder takes them for something that it saw elsewhere. */
const unused = [...Array(0x20).keys()].filter((code) => code > 0 && ![0x09, 0x0a, 0x0d].includes(code));

/**
 * What stands for a nonce while a body is packed: each one different, or the encoder would copy it from the one before;
 * the end is that of every nonce, since the two bytes before a letter decide how Brotli spells it.
 */
function placeholder(): Buffer {
  const codes = Array.from({ length: nonceBytes - 2 }, () => unused[randomInt(unused.length)] ?? 1);
  return Buffer.from([...codes, 0x3d, 0x3d]);
}

/**
 * How each format says "24 bytes as they are". Brotli (RFC 7932, 9.2): no last block, 4 nibbles of length less one,
 * uncompressed. Deflate (RFC 1951, 3.2.4): a stored block, its length and the complement.
 */
const asItIs = {
  br: Buffer.of((nonceBytes - 1) << 3, 0x00, 0x08),
  gzip: Buffer.of(0x00, nonceBytes, 0x00, ~nonceBytes & 0xff, 0xff),
} as const;

const room = { readableHighWaterMark: 1 << 24 };
/** Half way between the dearest and the cheapest: a page is packed again whenever it changes. */
const brotliOptions = { ...room, params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

type Packer = Zlib & NodeJS.ReadWriteStream;

function startPacker(encoding: Encoding): readonly [Packer, number] {
  return encoding === 'br'
    ? [createBrotliCompress(brotliOptions), constants.BROTLI_OPERATION_FLUSH]
    : [createDeflateRaw({ ...room, level: 6 }), constants.Z_SYNC_FLUSH];
}

/** The stream of the body, in which a block of its own, 24 bytes as they are, stands at each place. */
async function pack({ bytes, places }: PackedBody, encoding: Encoding): Promise<PackedBody> {
  const [packer, flush] = startPacker(encoding);
  const failed = new Promise<never>((_, reject) => packer.once('error', reject));
  failed.catch(() => undefined);
  const take = async (part: Buffer): Promise<Buffer> => {
    packer.write(part);
    const flushed = new Promise<void>((resolve) => packer.flush(flush, () => resolve()));
    await Promise.race([flushed, failed]);
    const chunks: Buffer[] = [];
    for (let chunk = packer.read(); chunk !== null; chunk = packer.read()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const parts: Buffer[] = [];
  const packedPlaces: number[] = [];
  let [at, size] = [0, 0];
  const put = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  for (const place of places) {
    put(await take(bytes.subarray(at, place)));
    // The encoder has to see something here, so that later distances count it; what it writes for it is left out.
    await take(placeholder());
    put(asItIs[encoding]);
    packedPlaces.push(size);
    put(Buffer.alloc(nonceBytes));
    at = place + nonceBytes;
  }
  packer.end(bytes.subarray(at));
  for await (const chunk of packer) put(chunk as Buffer);
  return { bytes: Buffer.concat(parts), places: packedPlaces };
}

const unpack = { br: promisify(brotliDecompress), gzip: promisify(inflateRaw) } as const;
const tries = 3;

/**
 * The body packed around its nonces, off the main thread; null where no try came out right. Each is unpacked once with
 * a nonce of its own and compared: an encoder may still have found a placeholder's bytes elsewhere.
 */
export async function packBody(body: PackedBody, encoding: Encoding): Promise<PackedBody | null> {
  for (let turn = 0; turn < tries; turn += 1) {
    const packed = await pack(body, encoding);
    const nonce = newNonce();
    const unpacked = await unpack[encoding](fill(packed, nonce)).catch(() => null);
    if (unpacked?.equals(fill(body, nonce))) return packed;
  }
  return null;
}

const gzipHead = Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** A whole gzip file (RFC 1952) of a packed body: its end counts and sums up what stands in it, nonces and all. */
export function gzipFile(packed: Buffer, plain: Buffer): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(plain), 0);
  end.writeUInt32LE(plain.length % 2 ** 32, 4);
  return Buffer.concat([gzipHead, packed, end]);
}
