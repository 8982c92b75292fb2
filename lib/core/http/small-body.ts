/**
 * The request with its body read, or null when the body is larger than it may be: for handlers that would
 * otherwise hold in memory whatever they are sent.
 */
export async function withSmallBody(request: Request, maxBytes: number): Promise<Request | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    await request.body?.cancel();
    return null;
  }
  if (!request.body) return request;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: Buffer.concat(chunks) });
}
