import { formatWithOptions, stripVTControlCharacters } from 'node:util';
import { log } from '#lib/core/log.ts';

type Level = 'info' | 'warn' | 'error';

const levels: Readonly<Record<'log' | 'info' | 'debug' | 'warn' | 'error' | 'trace', Level>> = {
  log: 'info',
  info: 'info',
  debug: 'info',
  warn: 'warn',
  error: 'error',
  trace: 'warn',
};

/** Writes one line of whatever was to be printed, without colours; nothing for what is only space. */
function say(level: Level, text: string, more: object = {}): void {
  const plain = stripVTControlCharacters(text).trim();
  if (plain !== '') log[level](more, plain);
}

/** One write is one line, however many it would have been: a stack stays with its error. */
function writer(level: Level): typeof process.stdout.write {
  return (chunk: string | Uint8Array, ...rest: unknown[]) => {
    say(level, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  };
}

/**
 * From now on everything that this process prints is one JSON object a line, as our own log is: what the framework and
 * libraries say, warnings of Node.js, and the error that ends the process. Call it before any of them is loaded.
 */
export function printJsonOnly(): void {
  for (const [name, level] of Object.entries(levels)) {
    console[name as keyof typeof levels] = (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const told = err ? parts.filter((part) => part !== err) : parts;
      say(
        level,
        formatWithOptions({ colors: false }, ...told) || String((err as Error).message),
        err ? { err } : {},
      );
    };
  }
  process.stdout.write = writer('info');
  process.stderr.write = writer('error');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'a warning of Node.js'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process ends by an error');
    process.exit(1);
  });
}
