import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeviceCodeScreen } from '#components/auth/device-code-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { askVendorDeviceCode, resendVendorDeviceCode, signInVendorWithCode } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';
import { findWaitingCode } from '#lib/auth/queries.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('device.title'), robots: { index: false } };
}

export default async function VendorDeviceCodePage() {
  return (
    <ClientMessages namespaces={['auth']}>
      <DeviceCodeScreen
        kind="vendor"
        next={authPaths.vendor.home}
        waiting={await findWaitingCode('vendor', 'sign_in')}
        ask={askVendorDeviceCode}
        resend={resendVendorDeviceCode}
        signIn={signInVendorWithCode}
      />
    </ClientMessages>
  );
}
