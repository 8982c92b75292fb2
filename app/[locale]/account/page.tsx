import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '#components/account/account-screen.tsx';
import { ProfileForm } from '#components/account/profile-form.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import {
  changeUserAvatar,
  changeUserPassword,
  changeUserPhone,
  deleteUserAccount,
  removeUserAvatar,
  requestUserPhoneChange,
  resendUserPhoneCodes,
  revokeOtherUserSessions,
  revokeUserSession,
  setUserNotices,
  updateUserProfile,
} from '#lib/account/actions.ts';
import { getUserAccount } from '#lib/account/queries.ts';
import { createUserToken, revokeUserToken } from '#lib/account/token/actions.ts';
import { requireUser } from '#lib/auth/door/current.ts';
import { unlinkUserChat } from '#lib/bot/chat/actions.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import {
  createUserWebhook,
  enableUserWebhook,
  pingUserWebhook,
  removeUserWebhook,
  repeatUserMessage,
  rotateUserWebhook,
} from '#lib/webhooks/actions.ts';

type Props = { params: Promise<{ locale: Locale }> };

const actions = {
  changeAvatar: changeUserAvatar,
  removeAvatar: removeUserAvatar,
  changePassword: changeUserPassword,
  requestPhoneChange: requestUserPhoneChange,
  resendPhoneCodes: resendUserPhoneCodes,
  changePhone: changeUserPhone,
  revokeSession: revokeUserSession,
  revokeOtherSessions: revokeOtherUserSessions,
  setNotices: setUserNotices,
  createToken: createUserToken,
  revokeToken: revokeUserToken,
  createWebhook: createUserWebhook,
  rotateWebhook: rotateUserWebhook,
  removeWebhook: removeUserWebhook,
  repeatMessage: repeatUserMessage,
  pingWebhook: pingUserWebhook,
  enableWebhook: enableUserWebhook,
  unlinkChat: unlinkUserChat,
  deleteAccount: deleteUserAccount,
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title.user'), robots: { index: false } };
}

/** The signed-in user: profile, number, password and devices. */
export default async function UserAccountPage({ params }: Props) {
  const { locale } = await params;
  await requireUser(locale);
  const [t, account] = await Promise.all([getTranslations('account'), getUserAccount(locale)]);
  return (
    <ClientMessages namespaces={['auth', 'account', 'tokens', 'webhooks', 'sharing']}>
      <AccountScreen
        kind="user"
        title={t('title.user')}
        account={account}
        actions={actions}
        profile={<ProfileForm name={account.name ?? ''} bio={account.bio ?? ''} action={updateUserProfile} />}
      />
    </ClientMessages>
  );
}
