import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { AccountArea } from '#components/shell/account-area.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Footer } from '#components/shell/footer.tsx';
import { Header } from '#components/shell/header.tsx';
import { PhoneNav } from '#components/shell/phone-nav.tsx';
import { SimulatedBanner } from '#components/shell/simulated-banner.tsx';
import { SkipLink } from '#components/shell/skip-link.tsx';
import { ThemeProvider } from '#components/shell/theme-provider.tsx';
import { Toaster } from '#components/ui/toaster.tsx';
import { currentUser } from '#lib/auth/current.ts';
import { env } from '#lib/core/env.ts';
import { direction, type Locale, routing } from '#lib/core/i18n/routing.ts';
import { getQuotaView } from '#lib/quota/queries.ts';
import { palette } from '../../tailwind.config.ts';
import './globals.css';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/** The one font file each locale needs for its first paint. */
const firstFont: Record<Locale, string> = {
  fa: '/fonts/vazirmatn-5.3.0-arabic.woff2',
  en: '/fonts/vazirmatn-5.3.0-latin.woff2',
};

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
  };
}

export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const [user, quota] = await Promise.all([currentUser(), getQuotaView()]);
  preload(firstFont[locale], { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  return (
    <html lang={locale} dir={direction[locale]} suppressHydrationWarning>
      <body className="group/page flex min-h-dvh flex-col font-sans lg:has-data-desk:h-dvh lg:has-data-desk:min-h-160">
        <ThemeProvider nonce={nonce}>
          <ClientMessages>
            <SkipLink />
            <SimulatedBanner payments={env().embedded.payments} sms={env().embedded.sms} />
            <Header account={user ? <AccountArea user={user} quota={quota} /> : undefined} />
            {children}
            <Footer />
            {user ? <PhoneNav /> : null}
            <Toaster />
          </ClientMessages>
        </ThemeProvider>
      </body>
    </html>
  );
}
