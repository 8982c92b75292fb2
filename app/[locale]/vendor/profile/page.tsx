import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '#components/account/account-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import {
  changeVendorAvatar,
  changeVendorPassword,
  changeVendorPhone,
  removeVendorAvatar,
  requestVendorPhoneChange,
  resendVendorPhoneCodes,
  revokeOtherVendorSessions,
  revokeVendorSession,
  updateVendorProfile,
} from '#lib/account/actions.ts';
import { getVendorAccount } from '#lib/account/queries.ts';
import { requireVendor } from '#lib/auth/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }> };

const actions = {
  updateProfile: updateVendorProfile,
  changeAvatar: changeVendorAvatar,
  removeAvatar: removeVendorAvatar,
  changePassword: changeVendorPassword,
  requestPhoneChange: requestVendorPhoneChange,
  resendPhoneCodes: resendVendorPhoneCodes,
  changePhone: changeVendorPhone,
  revokeSession: revokeVendorSession,
  revokeOtherSessions: revokeOtherVendorSessions,
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title.vendor'), robots: { index: false } };
}

/** The signed-in vendor: profile, number, password and devices. */
export default async function VendorAccountPage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const [t, account] = await Promise.all([getTranslations('account'), getVendorAccount(locale)]);
  return (
    <ClientMessages namespaces={['auth', 'account']}>
      <AccountScreen kind="vendor" title={t('title.vendor')} account={account} actions={actions} />
    </ClientMessages>
  );
}
