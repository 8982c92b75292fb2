/** The bytes of a body; null when they are more than `maxBytes`, and then the rest of them is not read. */
export async function readBytes(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The text of an answer; throws when it is longer than `maxBytes`. */
export async function readBounded({ body }: Response, maxBytes: number): Promise<string> {
  const bytes = body ? await readBytes(body, maxBytes) : Buffer.alloc(0);
  if (!bytes) throw new Error('answer too large');
  return bytes.toString('utf8');
}

/** The request with its body in memory; null when the body is larger than `maxBytes`. */
export async function withSmallBody(request: Request, maxBytes: number): Promise<Request | null> {
  const { url, method, headers, body } = request;
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    await body?.cancel();
    return null;
  }
  if (!body) return request;
  const bytes = await readBytes(body, maxBytes);
  return bytes && new Request(url, { method, headers, body: new Uint8Array(bytes) });
}
