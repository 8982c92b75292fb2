type WebpChunk = { readonly type: string; readonly bytes: Buffer };

/** The chunks that lie whole in a WebP file (RFC 9649, section 2.3), whatever its header says of its length. */
function wholeChunks(file: Buffer): WebpChunk[] {
  const chunks: WebpChunk[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const end = at + 8 + file.readUInt32LE(at + 4);
    if (end > file.length) break;
    chunks.push({ type: file.toString('latin1', at, at + 4), bytes: file.subarray(at, end) });
    at = end + (end & 1);
  }
  return chunks;
}

/** How many pictures an animation has; 0 for a still. */
export function webpFrames(file: Buffer): number {
  return wholeChunks(file).filter(({ type }) => type === 'ANMF').length;
}

/** The same file with a true length, made of the chunks that are whole; decoders take a wrong one for missing pixels. */
export function withTrueLength(file: Buffer): Buffer {
  const parts = wholeChunks(file).flatMap(({ bytes }) =>
    bytes.length & 1 ? [bytes, Buffer.alloc(1)] : [bytes],
  );
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
