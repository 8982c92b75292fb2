import { z } from 'zod';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { callService, checkService, failureOfStatus, fetchAnswer } from './call-service.ts';
import {
  codeOf,
  type HostedService,
  noPicture,
  type ServiceAnswer,
  type ServicePicture,
  untaken,
} from './hosted-service.ts';

const answer = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })),
});
const errorAnswer = z.object({
  error: z.object({ code: z.string().nullish(), type: z.string().nullish() }),
});

/** Said about the photo or the wish, not about the account that asks. */
const refusals = new Set(['moderation_blocked', 'content_policy_violation', 'content_filter']);
/** Comes with HTTP 429, but waiting does not fill an account. */
const unpaid = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

function formOf(
  request: { prompt: string; photo: ServicePicture; reference: ServicePicture | null },
  model: string,
) {
  const form = new FormData();
  form.set('model', model);
  form.set('prompt', request.prompt);
  form.set('n', '1');
  const add = (field: string, { bytes, mimeType }: ServicePicture, name: string) =>
    form.append(field, new Blob([Uint8Array.from(bytes)], { type: mimeType }), name);
  // One picture goes as `image`, which every server knows; several need the list form.
  if (!request.reference) {
    add('image', request.photo, 'photo.jpg');
    return form;
  }
  add('image[]', request.photo, 'photo.jpg');
  add('image[]', request.reference, 'reference.jpg');
  return form;
}

/** A form as plain bytes: an aborted stream of one leaves an error in the process that nobody can catch. */
async function packed(form: FormData): Promise<{ type: string; bytes: ArrayBuffer }> {
  const pack = new Response(form);
  return { type: pack.headers.get('content-type') ?? '', bytes: await pack.arrayBuffer() };
}

/** The picture in an answer, or where it is. */
function readAnswer(body: unknown): ServiceAnswer | { readonly address: string } {
  const read = answer.safeParse(body);
  if (!read.success) return noPicture('retry', 'openai: strange answer');
  const { b64_json: data, url: address } = read.data.data[0] ?? {};
  if (typeof data === 'string') return { ok: true, picture: Buffer.from(data, 'base64') };
  return address ? { address } : noPicture('misconfigured', 'openai: no picture in the answer');
}

/**
 * Any server with OpenAI's `POST /images/edits` (multipart), answering with `b64_json`, or, where the settings say so,
 * with the picture's address at that same server.
 */
export function createOpenAiService(settings: HostedEngineSettings, timeoutMs: number): HostedService {
  const url = `${settings.baseUrl}/images/edits`;
  const key: Record<string, string> = settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {};
  return {
    name: settings.name,
    timeoutMs,
    check: () => checkService(`${settings.baseUrl}/models`, key),
    async edit(request) {
      const startedAt = performance.now();
      const form = await packed(formOf(request, settings.model));
      const called = await callService(
        url,
        {
          headers: {
            'content-type': form.type,
            'idempotency-key': request.attemptKey,
            ...key,
          },
          body: form.bytes,
        },
        { timeoutMs, signal: request.signal },
      );
      if ('ok' in called) return { ...called, detail: `openai: ${called.detail}` };
      if (called.status >= 200 && called.status < 300) {
        const read = readAnswer(called.body);
        if (!('address' in read)) return read;
        // Where an address leads is not ours to trust, unless the operator has said that it is this server's way.
        if (!settings.fetchesAnswers)
          return noPicture(
            'misconfigured',
            'openai: an address in place of the picture, see STYLE_ENGINE_ANSWER',
          );
        const left = { timeoutMs: timeoutMs - (performance.now() - startedAt), signal: request.signal };
        const fetched = await fetchAnswer(read.address, { baseUrl: settings.baseUrl, headers: key }, left);
        return fetched.ok ? fetched : { ...fetched, detail: `openai: ${fetched.detail}` };
      }
      const error = errorAnswer.safeParse(called.body);
      const code = error.success ? (error.data.error.code ?? error.data.error.type ?? '') : '';
      const detail = `openai: HTTP ${called.status}, ${codeOf(code)}`;
      if (refusals.has(code)) return noPicture('refuse', detail);
      if (unpaid.has(code)) return untaken(noPicture('misconfigured', detail));
      return failureOfStatus(called.status, detail, called.waitMs);
    },
  };
}
