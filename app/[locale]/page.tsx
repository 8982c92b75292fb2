import { getTranslations } from 'next-intl/server';

export default async function HomePage() {
  const t = await getTranslations('site');
  return (
    <main className="page py-16">
      <h1 className="text-3xl font-extrabold">{t('title')}</h1>
      <p className="text-muted">{t('description')}</p>
    </main>
  );
}
