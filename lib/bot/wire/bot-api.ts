import { Api, GrammyError, InputFile } from 'grammy/web';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { readBytes } from '#lib/core/http/read-body.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { botLimits } from '../policy.ts';

const apis = perProcess('bot.apis', () => new Map<string, Api>());

/** Whether a call carries bytes, and so takes as long as a slow line needs for them. */
const carriesFile = (payload: object) => Object.values(payload).some((value) => value instanceof InputFile);

/**
 * The Bot API of one of our bots (https://core.telegram.org/bots/api). Every call has an end; the token, which is part of
 * every address, stands in no error.
 */
export function apiOf({ token, root }: BotSettings): Api {
  const key = `${root} ${token}`;
  const known = apis.get(key);
  if (known) return known;
  const api = new Api(token, { apiRoot: root, timeoutSeconds: botLimits.fileSeconds, sensitiveLogs: false });
  api.config.use((call, method, payload, signal) => {
    const seconds =
      method === 'getUpdates' ? botLimits.pollSeconds + botLimits.callSeconds : botLimits.callSeconds;
    const end = AbortSignal.timeout(1000 * (carriesFile(payload) ? botLimits.fileSeconds : seconds));
    const either = signal ? AbortSignal.any([signal as unknown as AbortSignal, end]) : end;
    return call(method, payload, either as unknown as typeof signal);
  });
  apis.set(key, api);
  return api;
}

/**
 * What became of a call that failed: `wait` it was too many, and we are told how long; `silent` the person has blocked us, or
 * there is no such chat; `refused` for good; `away` the messenger does not answer, or not in time.
 */
export type CallFailure =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'silent' | 'refused' | 'away'; readonly detail: string };

const longestWaitSeconds = 3600;

/** Reads an error of a call. Whatever else is thrown is a bug, and null. */
export function callFailure(error: unknown): CallFailure | null {
  if (error instanceof GrammyError) {
    const { error_code: code, description, method, parameters } = error;
    const detail = `${method}: ${code} ${description}`;
    if (code === 429) {
      return {
        kind: 'wait',
        seconds: Math.min(longestWaitSeconds, Math.max(1, parameters.retry_after ?? 5)),
      };
    }
    if (code === 403 || (code === 400 && /chat not found|user is deactivated/i.test(description))) {
      return { kind: 'silent', detail };
    }
    return { kind: code >= 500 || code === 401 || code === 404 || code === 409 ? 'away' : 'refused', detail };
  }
  // The cause of an `HttpError` may name the address; its own sentence does not.
  if (error instanceof Error && error.name === 'HttpError') return { kind: 'away', detail: error.message };
  return null;
}

/** A call whose refusal harms nobody: an answer that comes too late, a keyboard that is gone. What waits or is away is thrown. */
export async function mayBeRefused(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (callFailure(error)?.kind !== 'refused') throw error;
  });
}

/**
 * The bytes of a file that somebody sent. Fails with `file.tooLarge` beyond `maxBytes` or what the messenger hands out,
 * `file.uploadIncomplete` when they do not come. Throws what a call throws.
 */
export async function fetchFile(bot: BotSettings, fileId: string, maxBytes: number): Promise<Result<Buffer>> {
  const file = await apiOf(bot)
    .getFile(fileId)
    .catch((error: unknown) => {
      if (error instanceof GrammyError && /too big|too large/i.test(error.description)) return null;
      throw error;
    });
  if (!file || (file.file_size ?? 0) > maxBytes) return fail('file.tooLarge', 'larger than is taken');
  const path = file.file_path?.split('/').map(encodeURIComponent).join('/');
  const signal = AbortSignal.timeout(botLimits.fileSeconds * 1000);
  try {
    const answer = await fetch(`${bot.root}/file/bot${bot.token}/${path}`, { signal, redirect: 'error' });
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel();
      return fail('file.uploadIncomplete', `the messenger answered ${answer.status} for a file`);
    }
    const bytes = await readBytes(answer.body, maxBytes);
    return bytes ? succeed(bytes) : fail('file.tooLarge', 'more bytes than were named');
  } catch (error) {
    // What went wrong may name the address, and that the token.
    const name = error instanceof Error ? error.name : 'error';
    return fail('file.uploadIncomplete', `a file did not come: ${name}`);
  }
}
