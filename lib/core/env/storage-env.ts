import { z } from 'zod';

/** The variables of where pictures are kept; a part of `env.ts`. */

const name = z.string().regex(/^\S+$/).optional();
const places = ['local', 'uploadthing', 's3'] as const;

export const storageVariables = {
  STORAGE: {
    schema: z.enum(places).optional(),
    wrong: 'must be local, uploadthing or s3',
    example: 's3',
  },
  STORAGE_BEFORE: {
    schema: z.enum(places).optional(),
    wrong: 'must be local, uploadthing or s3, and another than STORAGE: where pictures lay before',
    example: 'local',
  },
  UPLOADTHING_TOKEN: {
    schema: z.string().min(1).optional(),
    wrong: 'must be a token',
    example: 'eyJhcGlLZXki…',
  },
  S3_ENDPOINT: {
    schema: z
      .string()
      .refine((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol))
      .optional(),
    wrong: 'must be the address of a service that speaks S3',
    example: 'https://s3.ir-thr-at1.arvanstorage.ir',
  },
  S3_BUCKET: {
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    wrong: 'must be the name of a bucket',
    example: 'stayler-pictures',
  },
  S3_REGION: { schema: name.default('us-east-1'), wrong: 'must be a region', example: 'us-east-1' },
  S3_ACCESS_KEY_ID: { schema: name, wrong: 'must be an access key', example: 'AKIA…' },
  S3_SECRET_ACCESS_KEY: { schema: name, wrong: 'must be the secret of the access key', example: '…' },
  S3_PATH_STYLE: {
    schema: z
      .enum(['true', 'false'])
      .default('true')
      .transform((text) => text === 'true'),
    wrong: 'must be true (endpoint/bucket/key) or false (bucket.endpoint/key)',
    example: 'true',
  },
} as const;

type Variables = {
  [Name in keyof typeof storageVariables]: z.output<(typeof storageVariables)[Name]['schema']>;
};

export type S3Settings = {
  /** Origin, without a slash at the end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether the bucket stands in the path and not in the host's name. */
  readonly pathStyle: boolean;
};

/** A place where pictures are kept. */
export type StorageSettings =
  | { readonly kind: 'local' }
  | { readonly kind: 'uploadthing'; readonly token: string }
  | ({ readonly kind: 's3' } & S3Settings);

function settingsOf(
  kind: StorageSettings['kind'],
  read: Variables,
  missing: (name: keyof typeof storageVariables) => Error,
): StorageSettings {
  const demand = <Name extends keyof Variables>(name: Name): NonNullable<Variables[Name]> => {
    const value = read[name];
    if (value === undefined) throw missing(name);
    return value as NonNullable<Variables[Name]>;
  };
  if (kind === 'local') return { kind };
  if (kind === 'uploadthing') return { kind, token: demand('UPLOADTHING_TOKEN') };
  return {
    kind,
    endpoint: demand('S3_ENDPOINT').replace(/\/+$/, ''),
    bucket: demand('S3_BUCKET'),
    region: read.S3_REGION,
    accessKeyId: demand('S3_ACCESS_KEY_ID'),
    secretAccessKey: demand('S3_SECRET_ACCESS_KEY'),
    pathStyle: read.S3_PATH_STYLE,
  };
}

/** Where pictures are kept, and where they lay before while they are being moved. */
export function storageSettings(
  read: Variables,
  missing: (name: keyof typeof storageVariables) => Error,
): { readonly storage: StorageSettings; readonly storageBefore: StorageSettings | null } {
  const kind = read.STORAGE ?? (read.UPLOADTHING_TOKEN ? 'uploadthing' : 'local');
  if (read.STORAGE_BEFORE === kind) throw missing('STORAGE_BEFORE');
  return {
    storage: settingsOf(kind, read, missing),
    storageBefore: read.STORAGE_BEFORE ? settingsOf(read.STORAGE_BEFORE, read, missing) : null,
  };
}
