import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '#components/account/account-screen.tsx';
import { BusinessForm } from '#components/gallery/vendor/business-form.tsx';
import { HandleForm } from '#components/gallery/vendor/handle-form.tsx';
import { VerifiedBadge } from '#components/gallery/vendor/verified-badge.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import {
  changeVendorAvatar,
  changeVendorPassword,
  changeVendorPhone,
  deleteVendorAccount,
  removeVendorAvatar,
  requestVendorPhoneChange,
  resendVendorPhoneCodes,
  revokeOtherVendorSessions,
  revokeVendorSession,
  setVendorNotices,
} from '#lib/account/actions.ts';
import { getVendorAccount } from '#lib/account/queries.ts';
import { createVendorToken, revokeVendorToken } from '#lib/account/token/actions.ts';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getOwnBusiness } from '#lib/gallery/vendor/queries.ts';
import {
  createVendorWebhook,
  enableVendorWebhook,
  pingVendorWebhook,
  removeVendorWebhook,
  repeatVendorMessage,
  rotateVendorWebhook,
} from '#lib/webhooks/actions.ts';

type Props = { params: Promise<{ locale: Locale }> };

const actions = {
  changeAvatar: changeVendorAvatar,
  removeAvatar: removeVendorAvatar,
  changePassword: changeVendorPassword,
  requestPhoneChange: requestVendorPhoneChange,
  resendPhoneCodes: resendVendorPhoneCodes,
  changePhone: changeVendorPhone,
  revokeSession: revokeVendorSession,
  revokeOtherSessions: revokeOtherVendorSessions,
  setNotices: setVendorNotices,
  createToken: createVendorToken,
  revokeToken: revokeVendorToken,
  createWebhook: createVendorWebhook,
  rotateWebhook: rotateVendorWebhook,
  removeWebhook: removeVendorWebhook,
  repeatMessage: repeatVendorMessage,
  pingWebhook: pingVendorWebhook,
  enableWebhook: enableVendorWebhook,
  deleteAccount: deleteVendorAccount,
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title.vendor'), robots: { index: false } };
}

/** The signed-in vendor: profile, number, password and devices. */
export default async function VendorAccountPage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const [t, account, business] = await Promise.all([
    getTranslations('account'),
    getVendorAccount(locale),
    getOwnBusiness(),
  ]);
  return (
    <ClientMessages namespaces={['auth', 'account', 'tokens', 'webhooks', 'sharing', 'vendorProfile']}>
      <AccountScreen
        kind="vendor"
        title={t('title.vendor')}
        account={account}
        actions={actions}
        profile={
          business ? (
            <>
              {business.isVerified ? (
                <p>
                  <VerifiedBadge />
                </p>
              ) : null}
              <HandleForm handle={business.handle} />
              <hr className="border-line" />
              <BusinessForm business={business} />
            </>
          ) : null
        }
      />
    </ClientMessages>
  );
}
