import { readStack, typeOf } from './read-stack.ts';
import { type Report, reporting } from './reporting.ts';

/** Fields of a log line whose words are ours: they are told as they are, if they look like it. */
const ownFields = ['door', 'alarm', 'errorCode', 'part', 'queue'] as const;
const ownWord = /^[A-Za-z][\w.-]{0,60}$/;

function errorsOf(error: unknown): Report['errors'] {
  const errors: { type: string; frames: ReturnType<typeof readStack> }[] = [];
  for (let one = error; one instanceof Error && errors.length < 3; one = one.cause)
    errors.push({ type: typeOf(one), frames: readStack(one.stack) });
  return errors;
}

/**
 * Tells of a line of the log that says an error, if it names one or rings an alarm. `printed` marks what a library printed:
 * its sentence is not ours. Never throws: a log that fails in telling would hide the error itself.
 */
export function reportLine(
  [fields, sentence]: readonly unknown[],
  { service, requestId }: { service: string; requestId: string | undefined },
): void {
  if (!reporting.send || typeof fields !== 'object' || fields === null) return;
  const line = fields as Readonly<Record<string, unknown>>;
  const error = line.err ?? line.error;
  if (!(error instanceof Error) && typeof line.alarm !== 'string') return;
  const tags: Record<string, string> = { service };
  for (const field of ownFields) {
    const word = line[field];
    if (typeof word === 'string' && ownWord.test(word)) tags[field] = word;
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code === 'string' && ownWord.test(code)) tags.code = code;
  // By it the log has the rest.
  if (requestId && /^[0-9a-f-]{16,64}$/.test(requestId)) tags.request = requestId;
  const own = typeof sentence === 'string' && line.printed !== true ? sentence : 'printed by a library';
  reporting.send({ errors: errorsOf(error), sentence: own, tags, platform: 'node' });
}
