import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { toNationalPhone } from '#lib/core/phone.ts';
import { listOutbox } from '#lib/notifications/queries.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('outbox');
  return { title: t('title'), robots: { index: false } };
}

export default async function OutboxPage() {
  const messages = await listOutbox();
  if (!messages) notFound();
  const t = await getTranslations('outbox');
  const format = await getFormatter();
  return (
    <main id="main" className="page grid gap-6 py-12">
      <div className="grid gap-2">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <p className="text-muted">{t('text')}</p>
      </div>
      {messages.length === 0 ? <EmptyState title={t('empty')} /> : null}
      <ul className="grid gap-4">
        {messages.map(({ id, phone, text, createdAt }) => (
          <li key={id}>
            <Card data-message={id} className="grid gap-3">
              <p className="flex flex-wrap justify-between gap-x-6 text-sm text-muted">
                <span>
                  {t('to')} <bdi dir="ltr">{toNationalPhone(phone)}</bdi>
                </span>
                <time dateTime={createdAt.toISOString()}>
                  {format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'medium' })}
                </time>
              </p>
              <p dir="auto" className="whitespace-pre-line [unicode-bidi:plaintext]">
                {text}
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </main>
  );
}
