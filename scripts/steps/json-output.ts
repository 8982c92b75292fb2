import { formatWithOptions, stripVTControlCharacters } from 'node:util';
import { log } from '#lib/core/log.ts';
import { stopReporting } from '#lib/core/report/reporting.ts';

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
  if (plain !== '') log[level]({ ...more, printed: true }, plain);
}

/** Whether it is whole lines of JSON already: a log of ours in the framework's own bundle, or a library's. */
function isJson(text: string): boolean {
  if (!/^\{.*\}\n$/s.test(text)) return false;
  try {
    for (const line of text.trimEnd().split('\n')) JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** One write is one line, however many it would have been: a stack stays with its error. */
function writer(stream: NodeJS.WriteStream, level: Level): typeof stream.write {
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  return (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (isJson(text)) return write(chunk, ...rest);
    say(level, text);
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
  const print = process.stdout.write.bind(process.stdout);
  for (const [name, level] of Object.entries(levels)) {
    console[name as keyof typeof levels] = (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const told = formatWithOptions({ colors: false }, ...parts.filter((part) => part !== err));
      if (isJson(`${told}\n`)) print(`${told}\n`);
      else if (err) say(level, told.trim() || err.message || err.name, { err });
      else say(level, told);
    };
  }
  process.stdout.write = writer(process.stdout, 'info');
  process.stderr.write = writer(process.stderr, 'error');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'a warning of Node.js'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process ends by an error');
    void stopReporting().finally(() => process.exit(1));
  });
}
