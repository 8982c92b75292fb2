import { z } from 'zod';
import { mostFrames } from '#lib/core/report/read-stack.ts';
import { reporting } from '#lib/core/report/reporting.ts';

/** More is no error of ours. */
export const mostErrorBytes = 8192;

const frame = z.strictObject({
  function: z
    .string()
    .regex(/^[\w.$<>[\] #]{1,80}$/)
    .refine((name) => !/\d{5}/.test(name))
    .optional(),
  // Of anything that is not a built script of ours no name is taken: it could say anything.
  filename: z.union([
    z.string().regex(/^_next\/static\/[\w./~-]{1,150}\.js$/),
    z.unknown().transform(() => 'elsewhere'),
  ]),
  lineno: z.number().int().min(0).max(9_999_999),
  colno: z.number().int().min(0).max(9_999_999),
});

const browserError = z.strictObject({
  type: z
    .string()
    .regex(/^[A-Za-z]\w{0,60}$/)
    .refine((name) => !/\d{5}/.test(name)),
  frames: z.array(frame).min(1).max(mostFrames),
});

/**
 * Passes on what a browser tells of an error in a script of ours, if it has the form that our pages give it. Anybody can send
 * such a thing: what is passed on are names of functions and built files, and numbers of lines.
 */
export function reportBrowserError(sent: unknown): void {
  const parsed = browserError.safeParse(sent);
  if (!parsed.success || !parsed.data.frames.some(({ filename }) => filename !== 'elsewhere')) return;
  const { type, frames } = parsed.data;
  const plain = frames.map(({ function: name, ...place }) => ({
    ...place,
    ...(name ? { function: name } : {}),
  }));
  reporting.send?.({
    errors: [{ type, frames: plain }],
    sentence: 'a page broke in the browser',
    tags: { service: 'browser' },
    platform: 'javascript',
  });
}
