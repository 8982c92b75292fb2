import { Readable } from 'node:stream';
import { crc32, createDeflate, createInflateRaw } from 'node:zlib';
import { bt709, colourProfile, primariesOf, type Rendering, transferOf } from './colour-profile.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export type PngChunk = { readonly type: string; readonly data: Buffer };

/** The chunks of a PNG (W3C PNG, third edition, section 5.3) as far as they are whole, without looking at their sums. */
export function* pngChunks(bytes: Buffer): Generator<PngChunk> {
  for (let at = signature.length; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** A chunk with its length and its sum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** What a PNG says of its colours before its pixels begin. */
function headOf(bytes: Buffer): Map<string, Buffer> {
  const head = new Map<string, Buffer>();
  for (const { type, data } of pngChunks(bytes)) {
    if (type === 'IDAT') break;
    if (!head.has(type)) head.set(type, data);
  }
  return head;
}

const fixed = (data: Buffer, place: number) => data.readUInt32BE(4 * place) / 100_000;

/**
 * How the colours are to be read, in the order that browsers follow (section 4.3): cICP before an ICC profile before
 * sRGB before gAMA and cHRM. Null for what the decoder does by itself: sRGB, or a profile that lies in the file.
 */
function renderingOf(head: Map<string, Buffer>): Rendering | null {
  const cicp = head.get('cICP');
  if (cicp?.length === 4) {
    const [primaries, transfer] = [primariesOf(cicp[0] ?? 0), transferOf(cicp[1] ?? 0)];
    // Only full-range RGB is allowed in a PNG; what else it says is not understood, and the next chunk counts.
    if (primaries && transfer && cicp[2] === 0 && cicp[3] === 1) return { primaries, transfer };
  }
  if (head.has('iCCP') || head.has('sRGB')) return null;
  const [gama, chrm] = [head.get('gAMA'), head.get('cHRM')];
  const gamma = gama?.length === 4 ? fixed(gama, 0) : 0;
  const isSaid = chrm?.length === 32;
  // Nearly the gamma of sRGB is meant to be sRGB, as long as nothing is said of primaries.
  if (gamma <= 0 || (!isSaid && Math.abs(gamma * 2.2 - 1) <= 0.05)) return null;
  const xy = (place: number): [number, number] => [
    fixed(chrm as Buffer, place),
    fixed(chrm as Buffer, place + 1),
  ];
  return {
    primaries: isSaid ? { white: xy(0), red: xy(2), green: xy(4), blue: xy(6) } : bt709,
    transfer: { gamma: 1 / gamma },
  };
}

/**
 * The same PNG with what it says of its colours as an ICC profile, which decoders follow; they pass over gAMA, cHRM and
 * cICP, and a picture of linear light comes out nearly black.
 */
export function withColoursAsProfile(bytes: Buffer): Buffer {
  const head = headOf(bytes);
  const rendering = renderingOf(head);
  if (!rendering) return bytes;
  const kind = head.get('IHDR')?.[9] ?? 2;
  const isGrey = kind === 0 || kind === 4;
  const profile = colourProfile(rendering, isGrey);
  if (!profile) return bytes;
  const parts: Buffer[] = [signature];
  let at = signature.length;
  for (const { type, data } of pngChunks(bytes)) {
    const next = at + 12 + data.length;
    if (type === 'IDAT') break;
    if (!['iCCP', 'sRGB', 'gAMA', 'cHRM', 'cICP'].includes(type)) parts.push(bytes.subarray(at, next));
    if (type === 'IHDR') parts.push(pngChunk('iCCP', profile));
    at = next;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

/** Samples per pixel, by colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Where each pass of interlacing begins and how far it steps: x, y, across, down (section 8.1). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** How many bytes the filtered rows have that this header asks for. */
function bytesOfRows(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bits = (header[8] ?? 8) * (samples[header[9] ?? 2] ?? 3);
  const rows = (w: number, h: number) => (w > 0 && h > 0 ? h * (1 + Math.ceil((w * bits) / 8)) : 0);
  if (header[12] !== 1) return rows(width, height);
  return passes.reduce(
    (sum, [x, y, across, down]) =>
      sum + rows(Math.ceil((width - x) / across), Math.ceil((height - y) / down)),
    0,
  );
}

/** What these compressed rows unpack to, as far as they do and up to so many bytes. */
async function* unpackedRows(packed: Buffer, most: number): AsyncGenerator<Buffer> {
  // Without the two bytes that a stream begins with, the sum at its end is not looked at.
  const inflate = createInflateRaw();
  inflate.end(packed.subarray(2));
  let left = most;
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) {
      yield part.subarray(0, left);
      left -= part.length;
      if (left <= 0) return;
    }
  } catch {
    // The data breaks off somewhere: what came out before that counts.
  }
}

/**
 * A PNG that decoders grumble about, without what they grumble about: every sum is right and the end is there. Null when
 * pixels are missing, for then its compressed rows do not unpack to the very end.
 */
export async function mendedPng(bytes: Buffer): Promise<Buffer | null> {
  const before: Buffer[] = [signature];
  const packed: Buffer[] = [];
  let header: Buffer | undefined;
  for (const { type, data } of pngChunks(bytes)) {
    if (type === 'IHDR' && data.length === 13) header ??= data;
    if (type === 'IEND') break;
    if (type === 'IDAT') packed.push(data);
    else if (packed.length === 0) before.push(pngChunk(type, data));
  }
  if (!header) return null;
  const wanted = bytesOfRows(header);
  let unpacked = 0;
  const counted = async function* () {
    for await (const part of unpackedRows(Buffer.concat(packed), wanted)) {
      unpacked += part.length;
      yield part;
    }
  };
  const anew: Buffer[] = [];
  for await (const part of Readable.from(counted()).pipe(createDeflate({ level: 1 })))
    anew.push(part as Buffer);
  if (unpacked < wanted) return null;
  return Buffer.concat([...before, pngChunk('IDAT', Buffer.concat(anew)), pngChunk('IEND', Buffer.alloc(0))]);
}
