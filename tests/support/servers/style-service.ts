import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

/** What the service does with a request: an answer, nothing for ever, an ended connection, or half an answer. */
export type ServiceTurn =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'hang up'
  | 'break off';

export type ServiceCall = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type StyleService = {
  readonly url: string;
  readonly calls: ServiceCall[];
  /** What it does with the next requests, the last for ever. */
  script(...turns: ServiceTurn[]): void;
  close(): Promise<void>;
};

/** A picture service on this machine that does as it is told. */
export async function createStyleService(): Promise<StyleService> {
  let turns: ServiceTurn[] = ['hang up'];
  const calls: ServiceCall[] = [];
  const answer = (turn: ServiceTurn, response: ServerResponse) => {
    if (turn === 'hang') return;
    if (turn === 'hang up') return void response.socket?.destroy();
    if (turn === 'break off') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"data":[{"b64_json":"AAAA');
      setTimeout(() => response.socket?.destroy(), 20);
      return;
    }
    const text =
      typeof turn.body === 'string' || Buffer.isBuffer(turn.body) ? turn.body : JSON.stringify(turn.body);
    response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers }).end(text);
  };
  const server = createServer(async (request, response) => {
    const turn = turns.length > 1 ? turns.shift() : turns[0];
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    calls.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    answer(turn ?? 'hang up', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls,
    script: (...next) => {
      turns = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How each kind of service packs a picture, and a refusal. */
export const dialects = {
  gemini: {
    picture: (bytes: Buffer) => ({
      candidates: [
        {
          finishReason: 'STOP',
          content: {
            role: 'model',
            parts: [
              { thought: true, inlineData: { mimeType: 'image/png', data: 'AAAA' } },
              { text: 'Here it is' },
              { inlineData: { mimeType: 'image/png', data: bytes.toString('base64') } },
            ],
          },
        },
      ],
      usageMetadata: { totalTokenCount: 1300 },
    }),
    nothing: { candidates: [{ finishReason: 'NO_IMAGE', content: { parts: [{ text: 'Sorry' }] } }] },
    refusals: [
      { status: 200, body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } } },
      { status: 200, body: { candidates: [{ finishReason: 'IMAGE_SAFETY' }] } },
      { status: 200, body: { candidates: [{ finishReason: 'IMAGE_PROHIBITED_CONTENT', content: {} }] } },
    ],
    wrongSettings: [
      {
        status: 400,
        body: { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'API key not valid' } },
      },
      { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED' } } },
      { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } },
    ],
    limited: { status: 429, body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } } },
  },
  openai: {
    picture: (bytes: Buffer) => ({ created: 1, data: [{ b64_json: bytes.toString('base64') }] }),
    nothing: { created: 1, data: 'none' },
    refusals: [
      {
        status: 400,
        body: { error: { code: 'moderation_blocked', type: 'image_generation_user_error', message: 'x' } },
      },
      { status: 400, body: { error: { code: 'content_policy_violation', message: 'x' } } },
      { status: 451, body: { error: { code: null, type: 'blocked' } } },
    ],
    wrongSettings: [
      { status: 401, body: { error: { code: 'invalid_api_key', type: 'invalid_request_error' } } },
      { status: 404, body: { error: { code: 'model_not_found' } } },
      { status: 429, body: { error: { code: 'insufficient_quota', type: 'insufficient_quota' } } },
      { status: 200, body: { created: 1, data: [{ url: 'http://169.254.169.254/latest/meta-data' }] } },
    ],
    limited: { status: 429, body: { error: { code: 'rate_limit_exceeded' } } },
  },
} as const;
