import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

/** Sentences every client component may need: the primitives' own, and the errors of any action. */
const always = ['ui', 'errors', 'errorPage'];

/**
 * Hands the named namespaces of `messages/` to the client components inside. Wrap the part of a page
 * that uses `useTranslations('studio')` on the client in `<ClientMessages namespaces={['studio']}>`;
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
  const picked = Object.fromEntries(
    wanted.filter((name) => name in messages).map((name) => [name, messages[name]]),
  );
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
