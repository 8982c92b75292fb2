import pino from 'pino';
import { maskPhone } from './phone.ts';
import { reportLine } from './report/report-line.ts';
import { currentWork } from './trace/work-context.ts';

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
/** In every address of the Bot API. */
const botTokens = /\bbot\d{3,}:[\w-]+/g;
const connectionStrings = /(\b(?:postgres|postgresql|redis|rediss):\/\/[^:@\s]*):[^@\s]+@/g;

/** Takes phone numbers, signatures and passwords out of free text. */
export function redactText(text: string): string {
  return text
    .replace(phones, maskPhone)
    .replace(queries, '$1***')
    .replace(connectionStrings, '$1:***@')
    .replace(botTokens, 'bot***');
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

/** Which request a line belongs to, and which job of it. */
function originOfLine(): object {
  const work = currentWork();
  if (!work) return {};
  const { requestId, queue, jobId } = work;
  return { requestId, ...(queue ? { queue, jobId } : {}) };
}

// A worker started by hand is told apart by what it runs: this is read before anything of it could say so.
const service = process.env.SERVICE_NAME ?? (/worker\.ts$/.test(process.argv[1] ?? '') ? 'worker' : 'web');
const errorLevel = pino.levels.values.error ?? 50;

const options: pino.LoggerOptions = {
  level: process.env.LOG_LEVEL || 'info',
  base: { service },
  timestamp: pino.stdTimeFunctions.isoTime,
  mixin: originOfLine,
  redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '***' },
  serializers: { err: redactError, error: redactError, phone: (phone) => maskPhone(String(phone)) },
  hooks: {
    logMethod(parameters, method, level) {
      if (level >= errorLevel) reportLine(parameters, { service, requestId: currentWork()?.requestId });
      method.apply(
        this,
        parameters.map((part: unknown) => (typeof part === 'string' ? redactText(part) : part)) as Parameters<
          typeof method
        >,
      );
    },
  },
};

/**
 * A log that writes elsewhere, for a test that reads it.
 * @internal
 */
export function createLog(destination: pino.DestinationStream): pino.Logger {
  return pino(options, destination);
}

/** Lines that could not be written wait, up to this many bytes; then they are dropped. */
const mostWaiting = 1_000_000;
const output = pino.destination({ fd: process.stdout.fd ?? 1, sync: true, maxLength: mostWaiting });
// A disk that is full of log must not stop a request: without a listener each line would throw where it is written.
output.on('error', () => undefined);

/** Structured log of this process, one JSON object a line on standard output. Nothing secret passes. */
export const log = pino(options, output);
