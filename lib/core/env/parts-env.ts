import { resolve } from 'node:path';
import { z } from 'zod';

/** The variables of an operator's parts network; a part of `env.ts`. */

export const partsVariables = {
  PARTS_MODEL: {
    schema: z.string().min(1).optional(),
    wrong: 'must be the path of an ONNX file that tells parts of people apart',
    example: '/srv/models/selfie_multiclass_256x256.onnx',
  },
  PARTS_MODEL_SHA256: {
    schema: z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional(),
    wrong: 'must be the SHA-256 of that file, 64 hexadecimal digits',
    example: 'the output of: sha256sum FILE',
  },
  PARTS_MODEL_IN_BROWSER: {
    schema: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true'),
    wrong: 'must be true (browsers fetch the file too, for previews as good as results) or false',
    example: 'false',
  },
} as const;

type Variables = {
  [Name in keyof typeof partsVariables]: z.output<(typeof partsVariables)[Name]['schema']>;
};

/** A network of the operator's that tells parts of people apart: `lib/styles/parts-model/open-network.ts` says its shape. */
export type PartsModelSettings = {
  /** Absolute path. */
  readonly file: string;
  /** Lower case. */
  readonly sha256: string;
  /** Whether visitors' browsers are given the file, for the parts they see before anything is sent. */
  readonly inBrowser: boolean;
};

/** The parts network that is named, or null. A file whose bytes nobody vouches for is not taken. */
export function partsModelSettings(
  read: Variables,
  missing: (name: keyof typeof partsVariables) => Error,
): PartsModelSettings | null {
  if (!read.PARTS_MODEL) return null;
  if (!read.PARTS_MODEL_SHA256) throw missing('PARTS_MODEL_SHA256');
  return {
    file: resolve(/* turbopackIgnore: true */ read.PARTS_MODEL),
    sha256: read.PARTS_MODEL_SHA256.toLowerCase(),
    inBrowser: read.PARTS_MODEL_IN_BROWSER,
  };
}
