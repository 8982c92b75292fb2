import { z } from 'zod';

/** The variables of sending text messages; a part of `env.ts`. */

const providers = ['kavenegar', 'smsir', 'bale'] as const;

const text = z.string().regex(/^\S+$/).optional();
const address = z
  .string()
  .refine((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol))
  .optional();
const key = 'must be the key from the provider’s panel, without spaces';
const template = 'must be the name of an approved template, without spaces';
const templateId = z.coerce.number().int().positive().optional();
const baseUrl = 'must be the base URL of the provider';

export const smsVariables = {
  SMS_PROVIDER: {
    schema: z.enum(['outbox', ...providers]).default('outbox'),
    wrong: 'must be outbox, kavenegar, smsir or bale',
    example: 'kavenegar',
  },
  SMS_FALLBACK_PROVIDER: {
    schema: z
      .string()
      .transform((list) => list.split(','))
      .pipe(z.array(z.enum(providers)))
      .optional(),
    wrong: 'must be kavenegar, smsir, bale or several of them: who sends when SMS_PROVIDER does not',
    example: 'smsir,bale',
  },
  KAVENEGAR_API_KEY: { schema: text, wrong: key, example: '6A3B…' },
  KAVENEGAR_TEMPLATE: { schema: text, wrong: template, example: 'stayler-code' },
  KAVENEGAR_NOTICE_TEMPLATE: { schema: text, wrong: template, example: 'stayler-notice' },
  KAVENEGAR_BASE_URL: { schema: address, wrong: baseUrl, example: 'https://api.kavenegar.com' },
  SMSIR_API_KEY: { schema: text, wrong: key, example: 'x9Kd…' },
  SMSIR_TEMPLATE_ID: { schema: templateId, wrong: 'must be the number of a template', example: '100000' },
  SMSIR_NOTICE_TEMPLATE_ID: {
    schema: templateId,
    wrong: 'must be the number of a template',
    example: '100001',
  },
  SMSIR_BASE_URL: { schema: address, wrong: baseUrl, example: 'https://api.sms.ir' },
  BALE_CLIENT_ID: { schema: text, wrong: 'must be the client id of Bale’s gateway', example: 'stayler' },
  BALE_CLIENT_SECRET: { schema: text, wrong: 'must be the client’s secret', example: 'k3J9…' },
  BALE_BASE_URL: { schema: address, wrong: baseUrl, example: 'https://safir.bale.ai' },
} as const;

type Variables = { [Name in keyof typeof smsVariables]: z.output<(typeof smsVariables)[Name]['schema']> };

export type KavenegarSettings = {
  readonly provider: 'kavenegar';
  readonly apiKey: string;
  /** The template of codes; its `%token` is the code. */
  readonly template: string;
  /** The template of everything else; its `%token` is the name of the site. Absent: nothing else is sent. */
  readonly noticeTemplate: string | undefined;
  readonly baseUrl: string;
};

export type SmsIrSettings = {
  readonly provider: 'smsir';
  readonly apiKey: string;
  /** The template of codes; its parameter is `CODE`. */
  readonly templateId: number;
  /** The template of everything else; its parameter is `SITE`. Absent: nothing else is sent. */
  readonly noticeTemplateId: number | undefined;
  readonly baseUrl: string;
};

export type BaleSettings = {
  readonly provider: 'bale';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly baseUrl: string;
};

export type SmsSettings = KavenegarSettings | SmsIrSettings | BaleSettings;

function settingsOf(
  provider: SmsSettings['provider'],
  read: Variables,
  missing: (name: keyof typeof smsVariables) => Error,
): SmsSettings {
  if (provider === 'kavenegar') {
    if (!read.KAVENEGAR_API_KEY) throw missing('KAVENEGAR_API_KEY');
    if (!read.KAVENEGAR_TEMPLATE) throw missing('KAVENEGAR_TEMPLATE');
    return {
      provider,
      apiKey: read.KAVENEGAR_API_KEY,
      template: read.KAVENEGAR_TEMPLATE,
      noticeTemplate: read.KAVENEGAR_NOTICE_TEMPLATE,
      baseUrl: read.KAVENEGAR_BASE_URL ?? smsVariables.KAVENEGAR_BASE_URL.example,
    };
  }
  if (provider === 'bale') {
    if (!read.BALE_CLIENT_ID) throw missing('BALE_CLIENT_ID');
    if (!read.BALE_CLIENT_SECRET) throw missing('BALE_CLIENT_SECRET');
    return {
      provider,
      clientId: read.BALE_CLIENT_ID,
      clientSecret: read.BALE_CLIENT_SECRET,
      baseUrl: read.BALE_BASE_URL ?? smsVariables.BALE_BASE_URL.example,
    };
  }
  if (!read.SMSIR_API_KEY) throw missing('SMSIR_API_KEY');
  if (!read.SMSIR_TEMPLATE_ID) throw missing('SMSIR_TEMPLATE_ID');
  return {
    provider,
    apiKey: read.SMSIR_API_KEY,
    templateId: read.SMSIR_TEMPLATE_ID,
    noticeTemplateId: read.SMSIR_NOTICE_TEMPLATE_ID,
    baseUrl: read.SMSIR_BASE_URL ?? smsVariables.SMSIR_BASE_URL.example,
  };
}

/** Who sends text messages, first choice first; nobody where they are kept in the outbox. */
export function smsSettings(
  read: Variables,
  missing: (name: keyof typeof smsVariables) => Error,
): readonly SmsSettings[] {
  const { SMS_PROVIDER: first, SMS_FALLBACK_PROVIDER: others = [] } = read;
  if (first === 'outbox') return [];
  return [...new Set([first, ...others])].map((name) => settingsOf(name, read, missing));
}
