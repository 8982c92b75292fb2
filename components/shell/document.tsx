import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { AgreeBar } from '#components/legal/agree-bar.tsx';
import { Announcer } from '#components/ui/overlay/announcer.tsx';
import { PageTold } from '#components/ui/overlay/page-told.tsx';
import { Toaster } from '#components/ui/overlay/toaster.tsx';
import { getUnagreed } from '#lib/account/legal/queries.ts';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { firstFont } from '#lib/core/first-font.ts';
import { direction, type Locale } from '#lib/core/i18n/routing.ts';
import { runningRelease } from '#lib/core/release.ts';
import { getBanners } from '#lib/notifications/banner/queries.ts';
import { getQuotaView, getVendorQuotaView } from '#lib/quota/queries.ts';
import { AccountArea } from './area/account-area.tsx';
import { ByArea } from './area/by-area.tsx';
import { VendorArea } from './area/vendor-area.tsx';
import { SiteBanners } from './banner/site-banners.tsx';
import { ClientMessages } from './client-messages.tsx';
import { ErrorWatch } from './error-watch.tsx';
import { FocusKeeper } from './focus-keeper.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { PhoneNav } from './nav/phone-nav.tsx';
import { SkipLink } from './nav/skip-link.tsx';
import { VendorBarSpace } from './nav/vendor-nav.tsx';
import { OfflineWorker } from './offline-worker.tsx';
import { PageWatch } from './release/page-watch.tsx';
import { SessionClock } from './release/session-clock.tsx';
import { SimulatedBanner } from './simulated-banner.tsx';
import { ThemeProvider } from './theme-provider.tsx';

/** The whole document around a page: language, direction, theme, header, navigation, footer. */
export async function Document({ locale, children }: { locale: Locale; children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const [user, quota, vendor, room, unagreed, banners] = await Promise.all([
    currentUser(),
    getQuotaView(),
    currentVendor(),
    getVendorQuotaView(),
    getUnagreed(),
    getBanners(),
  ]);
  const asks = (kind: AccountKind) => {
    const asked = unagreed.find((one) => one.kind === kind);
    if (!asked) return null;
    return (
      <ClientMessages namespaces={['account.legal']}>
        <AgreeBar {...asked} />
      </ClientMessages>
    );
  };
  const { payments, sms } = env().embedded;
  preload(firstFont, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  return (
    <html lang={locale} dir={direction[locale]} suppressHydrationWarning>
      <body className="group/page flex min-h-dvh flex-col font-sans lg:has-data-desk:h-dvh lg:has-data-desk:min-h-160">
        <ThemeProvider nonce={nonce}>
          <ClientMessages>
            <SkipLink />
            <SimulatedBanner payments={payments} sms={sms} />
            <SiteBanners banners={banners} />
            <Header
              user={user ? <AccountArea user={user} quota={quota} /> : null}
              vendor={vendor ? <VendorArea vendor={vendor} quota={room} /> : null}
            />
            <ByArea vendor={asks('vendor')} others={asks(user ? 'user' : 'vendor')} />
            {children}
            <Footer seal={env().seal} />
            <ByArea
              vendor={vendor ? <VendorBarSpace /> : null}
              others={<PhoneNav of={user ? 'user' : vendor ? 'vendor' : 'visitor'} />}
            />
            <Toaster />
            <Announcer />
            <PageTold />
            <FocusKeeper />
            <OfflineWorker />
            {env().errorReports ? <ErrorWatch /> : null}
            <PageWatch release={runningRelease()} />
            {user ? <SessionClock endsInSeconds={user.endsInSeconds} /> : null}
            {vendor ? <SessionClock endsInSeconds={vendor.endsInSeconds} /> : null}
          </ClientMessages>
        </ThemeProvider>
      </body>
    </html>
  );
}
