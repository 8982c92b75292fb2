import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeviceCodeScreen } from '#components/auth/device-code-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { askUserDeviceCode, resendUserDeviceCode, signInUserWithCode } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';
import { findWaitingCode } from '#lib/auth/queries.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('device.title'), robots: { index: false } };
}

export default async function UserDeviceCodePage() {
  return (
    <ClientMessages namespaces={['auth']}>
      <DeviceCodeScreen
        kind="user"
        next={authPaths.user.home}
        waiting={await findWaitingCode('user', 'sign_in')}
        ask={askUserDeviceCode}
        resend={resendUserDeviceCode}
        signIn={signInUserWithCode}
      />
    </ClientMessages>
  );
}
