import { z } from 'zod';
import type { BaleSettings } from '#lib/core/env/sms-env.ts';
import { callProvider } from './call-provider.ts';
import { notSent, type SmsFailure, type SmsOutcome, type SmsSender, sent } from './sms-sender.ts';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() });
const refusal = z.object({ code: z.number().int().optional() });

/** Bale's own code for more than 30 codes an hour to a number, or 300 a minute in all. */
const tooOften = 18;
/** A token is renewed before it ends, and one without an end after an hour. */
const renewMs = 60_000;
const usualSeconds = 3600;

type Token = { readonly value: string; readonly until: number };
/** Tokens of this process, by client: a sender is made for each message. */
const tokens = new Map<string, Token>();

function failureOf(status: number, body: unknown): SmsFailure {
  const code = refusal.safeParse(body).data?.code;
  const detail = `bale ${status}${code === undefined ? '' : ` ${code}`}`;
  if (code === tooOften || status === 429 || status >= 500) return notSent('retry', detail);
  // The number has no account there: others reach it.
  if (status === 404) return notSent('elsewhere', detail);
  if (status === 400) return notSent('refuse', detail);
  // Client, secret or credit (402): somebody has to look.
  return notSent('misconfigured', detail);
}

/**
 * Bale's gateway of codes: the code comes as a message of the messenger, over the internet alone, which works while the
 * phone network's texts do not. It carries codes and nothing else, as a number. https://docs.bale.ai/gateway
 */
export function createBale({ clientId, clientSecret, baseUrl }: BaleSettings): SmsSender {
  const base = `${baseUrl.replace(/\/+$/, '')}/api/v2`;
  const client = `${base} ${clientId}`;

  async function tokenOf(): Promise<string | SmsFailure> {
    const kept = tokens.get(client);
    if (kept && kept.until > Date.now()) return kept.value;
    const fields = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'read',
    };
    const got = await callProvider(`${base}/auth/token`, { body: new URLSearchParams(fields) });
    if ('reason' in got) return notSent('retry', `bale token: ${got.reason}`);
    const read = tokenAnswer.safeParse(got.body);
    if (got.status >= 300 || !read.success) {
      return notSent(got.status >= 500 ? 'retry' : 'misconfigured', `bale token: HTTP ${got.status}`);
    }
    const { access_token: value, expires_in: seconds = usualSeconds } = read.data;
    tokens.set(client, { value, until: Date.now() + seconds * 1000 - renewMs });
    return value;
  }

  async function attempt(phone: string, otp: number, isLast: boolean): Promise<SmsOutcome> {
    const token = await tokenOf();
    if (typeof token !== 'string') return token;
    const got = await callProvider(`${base}/send_otp`, {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ phone, otp }),
    });
    if ('reason' in got) return notSent('retry', `bale: ${got.reason}`);
    if (got.status >= 200 && got.status < 300) return sent;
    if (got.status !== 401 || isLast) return failureOf(got.status, got.body);
    // The token ended sooner than it said.
    tokens.delete(client);
    return attempt(phone, otp, true);
  }

  return {
    name: 'bale',
    send: async ({ to, template }) => {
      if (template.name !== 'code') return notSent('elsewhere', 'bale: carries codes only');
      // As a number it would arrive without its zeros.
      if (!/^[1-9]\d{2,7}$/.test(template.value)) return notSent('elsewhere', 'bale: not a number');
      return attempt(to.replace(/^\+/, ''), Number(template.value), false);
    },
  };
}
