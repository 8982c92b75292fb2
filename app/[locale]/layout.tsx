import type { Metadata, Viewport } from 'next';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { BotNames } from '#components/bot/bot-links.tsx';
import { Document } from '#components/shell/document.tsx';
import { namedBots } from '#lib/bot/named-bots.ts';
import { env } from '#lib/core/env/env.ts';
import { localePath, routing } from '#lib/core/i18n/routing.ts';
import { palette } from '../../tailwind.config.ts';
import './globals.css';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: palette.light.background },
    { media: '(prefers-color-scheme: dark)', color: palette.dark.background },
  ],
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: 'site' });
  return {
    title: { default: t('title'), template: `%s · ${t('name')}` },
    description: t('description'),
    formatDetection: { telephone: false },
    manifest: localePath(locale, '/manifest.webmanifest'),
    ...(env().sealMeta && { other: { enamad: env().sealMeta ?? '' } }),
    appleWebApp: { capable: true, title: t('name'), statusBarStyle: 'default' },
  };
}

export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const t = await getTranslations({ locale, namespace: 'bot' });
  const bots = namedBots().map((bot) => ({
    ...bot,
    label: t(`in.${bot.platform}`),
    code: t(`code.${bot.platform}`),
  }));
  return (
    <Document locale={locale}>
      {bots.length > 0 ? <BotNames bots={bots}>{children}</BotNames> : children}
    </Document>
  );
}
