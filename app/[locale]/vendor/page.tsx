import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignOutButton } from '#components/auth/sign-out-button.tsx';
import { VendorBell } from '#components/notifications/account-bell.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { signOutVendor } from '#lib/auth/actions.ts';
import { requireVendor } from '#lib/auth/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('vendorHome');
  return { title: t('title'), robots: { index: false } };
}

export default async function VendorHomePage({ params }: Props) {
  const { locale } = await params;
  const vendor = await requireVendor(locale);
  const quota = await getVendorQuotaView();
  const account = await getTranslations('account');
  const t = await getTranslations('vendorHome');
  return (
    <main id="main" className="page grid gap-6 py-12">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-extrabold">
          <bdi>{vendor.businessName}</bdi>
        </h1>
        <div className="flex flex-wrap items-center gap-3">
          <VendorBell />
          <ButtonLink href="/vendor/profile" variant="secondary">
            {account('title.vendor')}
          </ButtonLink>
          <ClientMessages namespaces={['auth']}>
            <SignOutButton action={signOutVendor} goTo="/vendor/login" />
          </ClientMessages>
        </div>
      </div>
      <p>{t('images', { count: quota?.freeRemaining ?? 0 })}</p>
      <ButtonLink href="/vendor/images" className="justify-self-start">
        {t('title')}
      </ButtonLink>
      <p className="text-muted">{t('soon')}</p>
    </main>
  );
}
