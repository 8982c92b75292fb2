import { setTimeout as sleep } from 'node:timers/promises';
import { readBounded } from '#lib/core/http/read-body.ts';
import type { Envelope } from './envelope.ts';

const maxAnswerBytes = 256 * 1024;
const triesAtMost = 3;
const pauseMs = 200;

/** Reads the text of an answer with its HTTP status. */
type Reader = (httpStatus: number, text: string) => Envelope;

async function callOnce(url: string, body: string, read: Reader, timeoutMs: number): Promise<Envelope> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return read(response.status, await readBounded(response, maxAnswerBytes));
  } catch (error) {
    // The error's own text is not used: it may carry the body, and with it the merchant id.
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    const cause = isTimeout ? `no answer within ${timeoutMs} ms` : 'no connection';
    return { kind: 'unreadable', cause, isSilent: true };
  }
}

/**
 * One operation of a gateway: a POST with a time limit over all of it and no redirects. With `repeat` an
 * answer that cannot be read is asked for again, as long as the time of one call lasts: a gateway that fails
 * at once is tried three times, one that hangs once.
 */
export async function callGateway(
  url: string,
  body: object,
  read: Reader,
  { timeoutMs, repeat }: { timeoutMs: number; repeat: boolean },
): Promise<Envelope> {
  const text = JSON.stringify(body);
  const began = performance.now();
  for (let tried = 1; ; tried += 1) {
    const leftMs = timeoutMs - (performance.now() - began);
    const answer = await callOnce(url, text, read, Math.max(Math.ceil(leftMs), 1));
    if (answer.kind !== 'unreadable' || !repeat || tried === triesAtMost) return answer;
    if (performance.now() - began + pauseMs * tried >= timeoutMs) return answer;
    await sleep(pauseMs * tried);
  }
}
