import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { compileMessage } from '#lib/core/i18n/format-message.ts';

/** Sentences every client component may need: the primitives' own, and the errors of any action. */
const always = ['ui', 'errors', 'errorPage'];

type Tree = Readonly<Record<string, unknown>>;

/** Every sentence under a name compiled: a page puts values into it without a parser. */
function compileAll(tree: unknown): unknown {
  if (typeof tree === 'string') return compileMessage(tree);
  return Object.fromEntries(Object.entries(tree as Tree).map(([name, inner]) => [name, compileAll(inner)]));
}

/** Copies what stands under a path, if something does. */
function put(into: Record<string, unknown>, from: Tree, [first = '', ...rest]: readonly string[]): void {
  const found = from[first];
  if (found === undefined) return;
  if (rest.length === 0) into[first] = found;
  else {
    const inner = { ...(into[first] as Tree | undefined) };
    put(inner, found as Tree, rest);
    into[first] = inner;
  }
}

/**
 * Hands the named namespaces of `messages/` to the client components inside. Wrap the part of a page
 * that uses `useTranslations('studio')` on the client in `<ClientMessages namespaces={['studio']}>`, or a part of them: `studio.stage`;
 * server components need nothing.
 */
export async function ClientMessages({
  namespaces = [],
  children,
}: {
  namespaces?: readonly string[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const wanted = [...always, ...namespaces];
  const picked: Record<string, unknown> = {};
  for (const name of wanted) put(picked, messages, name.split('.'));
  return (
    <NextIntlClientProvider messages={compileAll(picked) as typeof messages}>
      {children}
    </NextIntlClientProvider>
  );
}
