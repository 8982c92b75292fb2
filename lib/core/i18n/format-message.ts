import compile from 'icu-minify/compile';
import formatCompiled from './format-compiled.ts';

type Compiled = ReturnType<typeof compile>;

/** As many as there are sentences in `messages/`. */
const known = new Map<string, Compiled>();

/**
 * What the ICU text of a sentence means, as plain data: values are put into it without a parser. What it is for a sentence
 * without any is that sentence, and that again.
 */
export function compileMessage(text: string): Compiled {
  // The compiler's objects have no prototype, and such are not sent to a page.
  const compiled = known.get(text) ?? structuredClone(compile(text));
  known.set(text, compiled);
  return compiled;
}

/** next-intl's `use-intl/format-message` on the server (`next.config.mjs`), where sentences are text, or compiled for a page. */
const formatMessage: typeof formatCompiled = Object.assign(
  (...[key, message, ...rest]: Parameters<typeof formatCompiled>) =>
    formatCompiled(key, typeof message === 'string' ? compileMessage(message) : message, ...rest),
  { raw: false },
);
export default formatMessage;
