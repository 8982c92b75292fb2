import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <main className="page py-16">
      <h1 className="text-2xl font-extrabold">{t('title')}</h1>
      <p className="text-muted">{t('text')}</p>
    </main>
  );
}
