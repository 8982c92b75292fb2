import pino from 'pino';
import { maskPhone } from './phone.ts';

/** Fields that may hold a secret, at the top of a log line and one level down. */
const secretFields = [
  'password',
  'newPassword',
  'code',
  'token',
  'refreshToken',
  'cookie',
  'authorization',
  'secret',
  'apiKey',
  'merchantId',
  'merchant_id',
  'signature',
  'passwordHash',
  'cardNumber',
  'databaseUrl',
];

const phones = /(\+98|0098|0)9\d{9}/g;
const queries = /([?&](?:signature|token|code)=)[^&\s"]+/g;
const connectionStrings = /(\b(?:postgres|postgresql|redis|rediss):\/\/[^:@\s]*):[^@\s]+@/g;

/** Takes phone numbers, signatures and passwords out of free text. */
export function redactText(text: string): string {
  return text.replace(phones, maskPhone).replace(queries, '$1***').replace(connectionStrings, '$1:***@');
}

function redactError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const plain = pino.stdSerializers.err(error);
  return {
    type: plain.type,
    errorCode: (error as { code?: unknown }).code,
    message: redactText(plain.message),
    stack: redactText(plain.stack),
  };
}

/** Structured log of this process, one JSON object a line on standard output. Nothing secret passes. */
export const log = pino({
  level: process.env.LOG_LEVEL || 'info',
  base: { service: process.env.SERVICE_NAME ?? 'web' },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '***' },
  serializers: { err: redactError, error: redactError, phone: (phone) => maskPhone(String(phone)) },
  hooks: {
    logMethod(parameters, method) {
      method.apply(
        this,
        parameters.map((part: unknown) => (typeof part === 'string' ? redactText(part) : part)) as Parameters<
          typeof method
        >,
      );
    },
  },
});
