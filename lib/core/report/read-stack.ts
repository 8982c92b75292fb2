/** A place in our code, or in a library's. */
export type Frame = {
  readonly function?: string;
  /** From the project's folder on, or the path of a script of ours; never a whole address. */
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
};

export const mostFrames = 30;

/** `at name (file:line:column)` of Chromium and Node.js; `name@file:line:column` of Firefox and Safari. */
const lines = /^\s*(?:at (?:async )?(?:(.+?) \()?|([^@]*)@)((?:[a-z-]+:)?[^()]*?):(\d{1,7}):(\d{1,7})\)?$/i;

/** What of a file's name is ours to tell: nothing before the project's folder, no host, no query, no user's folder. */
function nameOf(file: string): string {
  const path = file.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, '');
  const known = /(?:^|\/)((?:node_modules|lib|app|components|scripts|_next|\.next[\w-]*|widget)\/.*)$/.exec(
    path,
  )?.[1];
  if (known) return known.replace(/[^\w./@[\]()+-]/g, '_').slice(0, 200);
  return /^node:[\w/]+$/.test(file) ? file : 'elsewhere';
}

/** A function's name as code spells it; with a longer number in it, it could be anything. */
function functionOf(name: string | undefined): { function?: string } {
  const plain = name?.trim() ?? '';
  return /^[\w.$<>[\] #]{1,80}$/.test(plain) && !/\d{5}/.test(plain) ? { function: plain } : {};
}

/** The places of a stack, the innermost first. The text above them, which may hold anything, is not read. */
export function readStack(stack: string | undefined): Frame[] {
  const frames: Frame[] = [];
  for (const line of (stack ?? '').split('\n')) {
    const found = lines.exec(line);
    if (!found) continue;
    const [, ours, theirs, file = '', lineno, colno] = found;
    frames.push({
      ...functionOf(ours ?? theirs),
      filename: nameOf(file),
      lineno: Number(lineno),
      colno: Number(colno),
    });
    if (frames.length === mostFrames) break;
  }
  return frames;
}

/** The name of a kind of error, if it is spelled as one. */
export function typeOf(error: unknown): string {
  const name = error instanceof Error ? error.name : 'Thrown';
  return /^[A-Za-z]\w{0,60}$/.test(name) && !/\d{5}/.test(name) ? name : 'Error';
}
