import { z } from 'zod';
import type { SmsIrSettings } from '#lib/core/env/sms-env.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { callProvider } from './call-provider.ts';
import { notSent, type SmsFailure, type SmsSender, sent } from './sms-sender.ts';

const answer = z.object({ status: z.number().int() });

const passing = new Set([0, 20, 118]);
/** The number, or what stands in the message. */
const refused = new Set([16, 103, 104, 114, 115]);
/** A parameter of theirs holds no more. */
const maxValue = 25;

function failureOf(status: number, httpStatus: number): SmsFailure {
  const detail = `smsir ${status} with HTTP ${httpStatus}`;
  if (httpStatus === 401 || httpStatus === 403) return notSent('misconfigured', detail);
  if (passing.has(status) || httpStatus === 429 || httpStatus >= 500) return notSent('retry', detail);
  if (refused.has(status)) return notSent('refuse', detail);
  // Key, credit (102), line, template (113) or plan: somebody has to look.
  return notSent('misconfigured', detail);
}

/** SMS.ir's Verify. */
export function createSmsIr(settings: SmsIrSettings): SmsSender {
  const url = `${settings.baseUrl.replace(/\/+$/, '')}/v1/send/verify`;
  const headers = { 'content-type': 'application/json', 'x-api-key': settings.apiKey };
  return {
    name: 'smsir',
    send: async ({ to, template }) => {
      const templateId = template.name === 'code' ? settings.templateId : settings.noticeTemplateId;
      if (!templateId) return notSent('elsewhere', 'smsir: no template for notices');
      if (template.value.length > maxValue) return notSent('elsewhere', 'smsir: value too long');
      const mobile = toNationalPhone(to).replaceAll(' ', '');
      const parameters = [{ name: template.name === 'code' ? 'CODE' : 'SITE', value: template.value }];
      const got = await callProvider(url, {
        headers,
        body: JSON.stringify({ mobile, templateId, parameters }),
      });
      if ('reason' in got) return notSent('retry', `smsir: ${got.reason}`);
      const read = answer.safeParse(got.body);
      if (!read.success) {
        const kind = got.status === 401 || got.status === 403 ? 'misconfigured' : 'retry';
        return notSent(kind, `smsir: strange answer with HTTP ${got.status}`);
      }
      const isTaken = read.data.status === 1 && got.status >= 200 && got.status < 300;
      return isTaken ? sent : failureOf(read.data.status, got.status);
    },
  };
}
