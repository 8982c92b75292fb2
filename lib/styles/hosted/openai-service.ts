import { z } from 'zod';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { callService, failureOfStatus } from './call-service.ts';
import {
  codeOf,
  type HostedService,
  noPicture,
  type ServiceAnswer,
  type ServicePicture,
} from './hosted-service.ts';

const answer = z.object({ data: z.array(z.object({ b64_json: z.string().optional() })) });
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

function readAnswer(body: unknown): ServiceAnswer {
  const read = answer.safeParse(body);
  if (!read.success) return noPicture('retry', 'openai: strange answer');
  const data = read.data.data[0]?.b64_json;
  // An address in place of the picture is not followed: where it leads is not ours to trust.
  if (data === undefined) return noPicture('misconfigured', 'openai: no b64_json in the answer');
  return { ok: true, picture: Buffer.from(data, 'base64') };
}

/** Any server with OpenAI's `POST /images/edits` (multipart, answering with `b64_json`). */
export function createOpenAiService(settings: HostedEngineSettings, timeoutMs: number): HostedService {
  const url = `${settings.baseUrl}/images/edits`;
  return {
    name: 'openai',
    timeoutMs,
    async edit(request) {
      const form = await packed(formOf(request, settings.model));
      const called = await callService(
        url,
        {
          headers: {
            'content-type': form.type,
            'idempotency-key': request.attemptKey,
            ...(settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {}),
          },
          body: form.bytes,
        },
        { timeoutMs, signal: request.signal },
      );
      if ('ok' in called) return { ...called, detail: `openai: ${called.detail}` };
      if (called.status >= 200 && called.status < 300) return readAnswer(called.body);
      const error = errorAnswer.safeParse(called.body);
      const code = error.success ? (error.data.error.code ?? error.data.error.type ?? '') : '';
      const detail = `openai: HTTP ${called.status}, ${codeOf(code)}`;
      if (refusals.has(code)) return noPicture('refuse', detail);
      if (unpaid.has(code)) return noPicture('misconfigured', detail);
      return failureOfStatus(called.status, detail, called.waitMs);
    },
  };
}
