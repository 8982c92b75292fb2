import type { Settings } from './settings.ts';

/** What an operation says before it is put into an envelope. */
export type GatewayAnswer =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: number; readonly validations?: readonly Record<string, string>[] };

const sentences: Readonly<Record<number, string>> = {
  [-9]: 'The input params invalid, validation error.',
  [-10]: 'Terminal is not valid, please check merchant_id or ip address.',
  [-12]: 'To many attempts, please try again later.',
  [-14]: 'The callback URL domain does not match the registered terminal domain.',
  [-40]: 'Invalid extra params, expire_in is not valid.',
  [-41]: 'Maximum amount is 100,000,000 tomans.',
  [-50]: 'Session is not valid, amounts values is not the same.',
  [-51]: 'Session is not valid, session is not active paid try.',
  [-53]: 'Session is not this merchant_id session.',
  [-54]: 'Invalid authority.',
  [-61]: 'Session is not in success status.',
  [-62]: 'Terminal ip limit most be active.',
  [-63]: 'Maximum time for reverse this session is expired.',
};

export function refuse(code: number, ...validations: Record<string, string>[]): GatewayAnswer {
  return { ok: false, code, validations };
}

/** The envelope on the wire: on success `errors` is an empty array, on failure `data` is. */
export function toResponse(
  answer: GatewayAnswer,
  settings: Settings,
  shape: 'usual' | 'withoutErrors' = 'usual',
): Response {
  if (answer.ok) {
    return Response.json(
      shape === 'withoutErrors' ? { data: answer.data } : { data: answer.data, errors: [] },
    );
  }
  const error = {
    message: sentences[answer.code] ?? 'Unexpected error.',
    code: answer.code,
    validations: answer.validations ?? [],
  };
  return Response.json(
    {
      data: settings.failureData === 'array' ? [] : {},
      errors: settings.failureErrors === 'array' ? [error] : error,
    },
    { status: settings.failureHttp },
  );
}

/** An answer whose connection ends before it has said anything. */
export function lostAnswer(): Response {
  const body = new ReadableStream({
    pull(controller) {
      controller.error(new Error('the emulator drops this answer'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
