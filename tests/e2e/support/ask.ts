import { connect } from 'node:net';

export type HttpAnswer = { status: number; headers: Map<string, string>; body: Buffer };

/** One request as it goes over the wire, and all that comes back: no client in between that adds or unpacks anything. */
export async function ask(
  baseURL: string | undefined,
  path: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
): Promise<HttpAnswer> {
  const { hostname, port, host } = new URL(baseURL ?? '');
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host, connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf('\r\n\r\n');
  const [first = '', ...rest] = whole.subarray(0, end).toString('latin1').split('\r\n');
  const answered = new Map(
    rest.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = whole.subarray(end + 4);
  const isCut = answered.get('transfer-encoding') === 'chunked';
  return { status: Number(first.split(' ')[1]), headers: answered, body: isCut ? joined(body) : body };
}

/** A body that came in pieces, each after its length (RFC 9112, 7.1). */
function joined(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    pieces.push(body.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
  return Buffer.concat(pieces);
}
