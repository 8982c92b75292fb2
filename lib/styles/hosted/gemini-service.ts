import { z } from 'zod';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { callService, checkService, failureOfStatus } from './call-service.ts';
import { codeOf, type HostedService, noPicture, type ServiceAnswer } from './hosted-service.ts';

/** The parts of a GenerateContentResponse that matter here (ai.google.dev/api/generate-content). */
const answer = z.object({
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  candidates: z
    .array(
      z.object({
        finishReason: z.string().optional(),
        content: z
          .object({
            parts: z
              .array(
                z.object({
                  thought: z.boolean().optional(),
                  inlineData: z.object({ data: z.string() }).optional(),
                }),
              )
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});
const errorAnswer = z.object({ error: z.object({ status: z.string().optional() }) });

/** Reasons for which the same photo would be refused again. */
const refusals = new Set([
  'SAFETY',
  'IMAGE_SAFETY',
  'PROHIBITED_CONTENT',
  'IMAGE_PROHIBITED_CONTENT',
  'BLOCKLIST',
  'SPII',
  'RECITATION',
  'IMAGE_RECITATION',
]);

function readAnswer(body: unknown): ServiceAnswer {
  const read = answer.safeParse(body);
  if (!read.success) return noPicture('retry', 'gemini: strange answer');
  const { promptFeedback, candidates = [] } = read.data;
  const blocked = promptFeedback?.blockReason;
  if (blocked) return noPicture('refuse', `gemini: blocked ${codeOf(blocked)}`);
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []);
  // A model that thinks shows drafts first; the last picture that is no thought is the result.
  const data = parts.filter(({ thought, inlineData }) => !thought && inlineData).at(-1)?.inlineData?.data;
  if (data !== undefined) return { ok: true, picture: Buffer.from(data, 'base64') };
  const reason = candidates[0]?.finishReason;
  const kind = reason && refusals.has(reason) ? 'refuse' : 'retry';
  return noPicture(kind, `gemini: no picture, ${codeOf(reason)}`);
}

/** Image editing by Google's Gemini API (`models.generateContent`, REST v1beta). */
export function createGeminiService(settings: HostedEngineSettings, timeoutMs: number): HostedService {
  const model = `${settings.baseUrl}/v1beta/models/${encodeURIComponent(settings.model)}`;
  const key: Record<string, string> = settings.apiKey ? { 'x-goog-api-key': settings.apiKey } : {};
  return {
    name: settings.name,
    timeoutMs,
    check: () => checkService(model, key),
    async edit({ prompt, photo, reference, attemptKey, signal }) {
      const pictures = [photo, ...(reference ? [reference] : [])].map(({ bytes, mimeType }) => ({
        inlineData: { mimeType, data: bytes.toString('base64') },
      }));
      const called = await callService(
        `${model}:generateContent`,
        {
          headers: {
            'content-type': 'application/json',
            'idempotency-key': attemptKey,
            ...key,
          },
          body: JSON.stringify({
            contents: [{ role: 'user', parts: [{ text: prompt }, ...pictures] }],
            generationConfig: { responseModalities: ['TEXT', 'IMAGE'], candidateCount: 1 },
          }),
        },
        { timeoutMs, signal },
      );
      if ('ok' in called) return { ...called, detail: `gemini: ${called.detail}` };
      if (called.status >= 200 && called.status < 300) return readAnswer(called.body);
      const error = errorAnswer.safeParse(called.body);
      const code = codeOf(error.success ? error.data.error.status : undefined);
      return failureOfStatus(called.status, `gemini: HTTP ${called.status}, ${code}`, called.waitMs);
    },
  };
}
