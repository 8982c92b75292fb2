import { createServer, type IncomingMessage } from 'node:http';

/** A call that a bot made: the method, what it carried, and the files by the name of their field. */
type BotCall = {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, Buffer>>;
};

/** What becomes of a call: an answer of the API, nothing for ever, or an ended connection. */
type Turn = { readonly status: number; readonly body: unknown } | 'hang' | 'hang up';

/** The API's own refusals. */
export const tooMany = (retryAfter: number): Turn => ({
  status: 429,
  body: {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${retryAfter}`,
    parameters: { retry_after: retryAfter },
  },
});
export const blocked: Turn = {
  status: 403,
  body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
};
export const tooBig: Turn = {
  status: 400,
  body: { ok: false, error_code: 400, description: 'Bad Request: file is too big' },
};

export type BotServer = {
  readonly root: string;
  readonly token: string;
  /** Everything that was asked, but for updates. */
  readonly calls: BotCall[];
  /** How often updates were asked for, and from which on. */
  readonly polls: number[];
  /** Hands these updates out to whoever asks, until they are confirmed. */
  push(...updates: readonly { readonly update_id: number }[]): void;
  /** What the next calls of this method are answered. */
  script(method: string, ...turns: readonly Turn[]): void;
  /** A file that can be fetched by its id. */
  keep(fileId: string, bytes: Buffer): void;
  close(): Promise<void>;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

async function readCall(request: IncomingMessage, method: string): Promise<BotCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    return { method, payload: body.length > 0 ? JSON.parse(body.toString()) : {}, files: {} };
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const payload: Record<string, unknown> = {};
  const files: Record<string, Buffer> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') payload[name] = parsed(value);
    else files[name] = Buffer.from(await value.arrayBuffer());
  }
  return { method, payload, files };
}

/** A server on this machine that speaks the Bot API of Telegram and does as it is told. */
export async function createBotServer(token = '123456:a-token-of-these-tests'): Promise<BotServer> {
  const calls: BotCall[] = [];
  const polls: number[] = [];
  const scripts = new Map<string, Turn[]>();
  const files = new Map<string, Buffer>();
  let waiting: { readonly update_id: number }[] = [];
  const askers = new Set<() => void>();
  let sent = 0;
  let webhook = '';

  async function updatesFrom({ offset = 0, timeout = 0 }: { offset?: number; timeout?: number }) {
    polls.push(offset);
    waiting = waiting.filter(({ update_id }) => update_id >= offset);
    if (waiting.length === 0 && timeout > 0) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          askers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.min(timeout, 2) * 1000);
        askers.add(wake);
      });
    }
    return waiting.slice(0, 50);
  }

  async function resultOf({ method, payload }: BotCall): Promise<unknown> {
    if (method === 'getUpdates') return updatesFrom(payload);
    if (method === 'getMe') return { id: 1, is_bot: true, first_name: 'Bot', username: 'stayler_bot' };
    if (method === 'setWebhook') webhook = String(payload.url);
    if (method === 'deleteWebhook') webhook = '';
    if (method === 'getWebhookInfo') return { url: webhook, pending_update_count: waiting.length };
    if (method === 'getFile') {
      const id = String(payload.file_id);
      return { file_id: id, file_unique_id: id, file_size: files.get(id)?.length, file_path: `photos/${id}` };
    }
    if (!method.startsWith('send') || method === 'sendChatAction') return true;
    sent += 1;
    return { message_id: 10_000 + sent, date: 0, chat: { id: payload.chat_id, type: 'private' } };
  }

  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    const file = url.startsWith(`/file/bot${token}/photos/`) ? files.get(url.split('/').at(-1) ?? '') : null;
    if (file) return void response.writeHead(200).end(file);
    const method = url.startsWith(`/bot${token}/`) ? (url.split('/').at(-1) ?? '') : null;
    if (method === null) {
      return void response
        .writeHead(404)
        .end(JSON.stringify({ ok: false, error_code: 404, description: 'Not Found' }));
    }
    const call = await readCall(request, method);
    if (method !== 'getUpdates') calls.push(call);
    const turn = scripts.get(method)?.shift();
    if (turn === 'hang') return;
    if (turn === 'hang up') return void request.socket.destroy();
    const answer = turn ?? { status: 200, body: { ok: true, result: await resultOf(call) } };
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    root: `http://127.0.0.1:${port}`,
    token,
    calls,
    polls,
    push(...updates) {
      waiting.push(...updates);
      for (const wake of [...askers]) wake();
    },
    script: (method, ...turns) => void scripts.set(method, [...turns]),
    keep: (fileId, bytes) => void files.set(fileId, bytes),
    close: async () => {
      for (const wake of [...askers]) wake();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let updateId = 1000;
let messageId = 1;

type Sent = Readonly<Record<string, unknown>>;

/** What a person sends in a chat of their own with the bot, as the messenger tells it. */
export function messageFrom(chatId: number, sent: Sent, language = 'fa') {
  updateId += 1;
  messageId += 1;
  const from = { id: chatId, is_bot: false, first_name: 'Sara', language_code: language };
  const chat = { id: chatId, type: 'private', first_name: 'Sara' };
  return { update_id: updateId, message: { message_id: messageId, date: 1, from, chat, ...sent } };
}

/** A button that is pressed below a message of the bot's. */
export function pressFrom(chatId: number, data: string, about?: Sent, belowMessage = 10_000) {
  updateId += 1;
  const chat = { id: chatId, type: 'private' };
  return {
    update_id: updateId,
    callback_query: {
      id: `press-${updateId}`,
      from: { id: chatId, is_bot: false, first_name: 'Sara', language_code: 'fa' },
      chat_instance: '1',
      data,
      message: {
        message_id: belowMessage,
        date: 1,
        chat,
        from: { id: 1, is_bot: true, first_name: 'bot' },
        ...(about ? { reply_to_message: about } : {}),
      },
    },
  };
}
