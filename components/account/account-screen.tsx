import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonLook } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { type WebhookActions, WebhookList } from '#components/webhooks/webhook-list.tsx';
import type { AccountView } from '#lib/account/queries.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { AvatarField } from './avatar-field.tsx';
import { DeletionForm } from './deletion-form.tsx';
import { DeviceList } from './device-list.tsx';
import { MessengerList } from './messenger-list.tsx';
import { NoticeSwitches } from './notice-switches.tsx';
import { PasswordForm } from './password-form.tsx';
import { PhoneForm } from './phone-form.tsx';
import { TokenList } from './token-list.tsx';

/** Everything that can be done on the page of an account of one kind. */
type AccountActions = Readonly<
  Record<
    | 'changeAvatar'
    | 'removeAvatar'
    | 'changePassword'
    | 'requestPhoneChange'
    | 'resendPhoneCodes'
    | 'changePhone'
    | 'revokeSession'
    | 'revokeOtherSessions'
    | 'setNotices'
    | 'revokeToken'
    | 'deleteAccount',
    Action<unknown>
  >
> &
  WebhookActions & {
    readonly createToken: Action<{ readonly token: string }>;
    /** Of a user alone. */
    readonly unlinkChat?: Action<unknown>;
  };

type Props = {
  kind: AccountKind;
  title: string;
  account: AccountView;
  actions: AccountActions;
  /** What one says of oneself, below the picture. */
  profile: ReactNode;
};

/** The page of an account: who one is, how one signs in, where one is signed in, and the way out. */
export function AccountScreen({ kind, title, account, actions, profile }: Props) {
  const t = useTranslations('account');
  const { avatarUrl, phone, devices, notices, tokens, webhooks, messengers } = account;
  const sections = [
    {
      id: 'profile',
      children: (
        <>
          <AvatarField url={avatarUrl} change={actions.changeAvatar} remove={actions.removeAvatar} />
          {profile}
        </>
      ),
    },
    {
      id: 'phone',
      children: (
        <PhoneForm
          phone={phone}
          request={actions.requestPhoneChange}
          resend={actions.resendPhoneCodes}
          confirm={actions.changePhone}
        />
      ),
    },
    { id: 'password', children: <PasswordForm phone={phone} action={actions.changePassword} /> },
    {
      id: 'devices',
      children: (
        <DeviceList
          devices={devices}
          revoke={actions.revokeSession}
          revokeOthers={actions.revokeOtherSessions}
        />
      ),
    },
    {
      id: 'notices',
      children: <NoticeSwitches kind={kind} switches={notices} action={actions.setNotices} />,
    },
    ...(actions.unlinkChat && messengers.length > 0
      ? [
          {
            id: 'messengers' as const,
            children: <MessengerList messengers={messengers} unlink={actions.unlinkChat} />,
          },
        ]
      : []),
    {
      id: 'tokens',
      children: (
        <TokenList
          kind={kind}
          tokens={tokens}
          phone={phone}
          create={actions.createToken}
          revoke={actions.revokeToken}
        />
      ),
    },
    {
      id: 'webhooks',
      children: <WebhookList kind={kind} endpoints={webhooks} actions={actions} />,
    },
    {
      id: 'export',
      children: (
        // A file, not a page: the router must not take it for one.
        <a
          href={`/api/account/export${kind === 'vendor' ? '?as=vendor' : ''}`}
          download
          className={clsx(buttonLook({ variant: 'secondary' }), 'justify-self-start')}
        >
          <Download aria-hidden="true" />
          {t('export.download')}
        </a>
      ),
    },
    { id: 'delete', children: <DeletionForm phone={phone} action={actions.deleteAccount} /> },
  ] as const;
  return (
    <main id="main" className="page py-10 md:py-16">
      <div className="mx-auto grid max-w-text gap-6">
        <h1 className="text-2xl font-extrabold">{title}</h1>
        {sections.map(({ id, children }) => (
          <Card key={id} id={id} aria-labelledby={`${id}-title`} className="grid gap-6">
            <div className="grid gap-1">
              <h2 id={`${id}-title`} className="text-lg font-semibold">
                {t(`${id}.title`)}
              </h2>
              <p className="text-sm text-muted">
                {id === 'messengers' ? t('messengers.text') : t(`${id}.text.${kind}`)}
              </p>
            </div>
            {children}
          </Card>
        ))}
      </div>
    </main>
  );
}
