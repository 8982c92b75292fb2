import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { compileMessage } from '#lib/core/i18n/format-message.ts';
import { MoreMessages } from './more-messages.tsx';

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
 * Hands the named namespaces of `messages/` to the client components inside, beside those of the document. Wrap the part of a page
 * that uses `useTranslations('studio')` on the client in `<ClientMessages namespaces={['studio']}>`, or a part of them: `studio.stage`;
 * server components need nothing. Without names it is the document's own, around everything.
 */
export async function ClientMessages({
  namespaces,
  children,
}: {
  namespaces?: readonly string[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const picked: Record<string, unknown> = {};
  for (const name of namespaces ?? always) put(picked, messages, name.split('.'));
  const compiled = compileAll(picked) as typeof messages;
  if (namespaces) return <MoreMessages messages={compiled}>{children}</MoreMessages>;
  return <NextIntlClientProvider messages={compiled}>{children}</NextIntlClientProvider>;
}
