'use client';

import { NextIntlClientProvider, useLocale, useMessages } from 'next-intl';
import { type ReactNode, useMemo } from 'react';

type Messages = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Messages =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Both trees in one; a part of a namespace joins what is known of it. */
function join(known: Messages, more: Messages): Messages {
  const joined: Record<string, unknown> = { ...known };
  for (const [name, value] of Object.entries(more)) {
    const before = joined[name];
    joined[name] = isTree(before) && isTree(value) ? join(before, value) : value;
  }
  return joined;
}

/** The sentences around it, and these: what a page says in many places is sent once. */
export function MoreMessages({ messages, children }: { messages: Messages; children: ReactNode }) {
  const known = useMessages();
  const all = useMemo(() => join(known, messages), [known, messages]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  );
}
