import { z } from 'zod';

/** Where errors and traces are sent to; a part of `env.ts`. */

/** A DSN as Sentry and what is compatible with it write it: `https://KEY@HOST/PATH/PROJECT`. */
function readDsn(text: string): ErrorReports | null {
  const url = URL.parse(text);
  const [, path, project] = /^(.*)\/(\d{1,20})$/.exec(url?.pathname ?? '') ?? [];
  if (!url || !/^https?:$/.test(url.protocol) || !/^\w{1,64}$/.test(url.username) || !project) return null;
  return { url: `${url.origin}${path}/api/${project}/envelope/`, key: url.username };
}

export const reportVariables = {
  METRICS_TOKEN: {
    schema: z.string().min(16).optional(),
    wrong: 'must have at least 16 characters',
    example: 'the output of: openssl rand -hex 24',
  },
  SENTRY_DSN: {
    schema: z
      .string()
      .refine((text) => readDsn(text) !== null)
      .optional(),
    wrong: 'must be the DSN of a project at a server that speaks as Sentry does',
    example: 'https://0123abcd@errors.example/1',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z
      .string()
      .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))
      .optional(),
    wrong: 'must be the base URL of an OTLP collector',
    example: 'http://localhost:4318',
  },
} as const;

/** Where envelopes go, and the key of the project, which may only send. */
export type ErrorReports = { readonly url: string; readonly key: string };

export function reportSettings(dsn: string | undefined): ErrorReports | null {
  return dsn === undefined ? null : readDsn(dsn);
}
