import { z } from 'zod';
import type { KavenegarSettings } from '#lib/core/env/sms-env.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { callProvider } from './call-provider.ts';
import { notSent, type SmsFailure, type SmsSender, sent } from './sms-sender.ts';

/** The body's own status counts: whether HTTP's mirrors it differs from answer to answer. */
const answer = z.object({ return: z.object({ status: z.number().int() }) });

const passing = new Set([409, 429, 451]);
/** The number, or what stands in the message. */
const refused = new Set([411, 412, 413, 414, 417, 419, 420]);

function failureOf(status: number): SmsFailure {
  const detail = `kavenegar ${status}`;
  if (passing.has(status) || (status >= 500 && status !== 501)) return notSent('retry', detail);
  if (refused.has(status)) return notSent('refuse', detail);
  // Key, credit (418), template, address or a call that we make wrongly: somebody has to look.
  return notSent('misconfigured', detail);
}

/** Kavenegar's Verify Lookup. The key stands in the path, so the address must never be written down. */
export function createKavenegar(settings: KavenegarSettings): SmsSender {
  const url = `${settings.baseUrl.replace(/\/+$/, '')}/v1/${encodeURIComponent(settings.apiKey)}/verify/lookup.json`;
  return {
    name: 'kavenegar',
    send: async ({ to, template }) => {
      const name = template.name === 'code' ? settings.template : settings.noticeTemplate;
      if (!name) return notSent('elsewhere', 'kavenegar: no template for notices');
      const fields = {
        receptor: toNationalPhone(to).replaceAll(' ', ''),
        template: name,
        token: template.value,
      };
      const got = await callProvider(url, { body: new URLSearchParams(fields) });
      if ('reason' in got) return notSent('retry', `kavenegar: ${got.reason}`);
      const read = answer.safeParse(got.body);
      if (!read.success) return notSent('retry', `kavenegar: strange answer with HTTP ${got.status}`);
      const { status } = read.data.return;
      if (status !== 200) return failureOf(status);
      return got.status >= 200 && got.status < 300 ? sent : failureOf(got.status);
    },
  };
}
