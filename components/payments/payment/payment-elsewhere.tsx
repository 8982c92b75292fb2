import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Missing } from '#components/shell/missing.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { pagePathHeader } from '#lib/auth/door/page-path.ts';
import { authPaths, withNext } from '#lib/auth/paths.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { showPhone } from '#lib/core/phone.ts';
import { getPaymentWord } from '#lib/payments/queries.ts';
import { billingPaths } from '../paths.ts';
import { SwitchAccount } from './switch-account.tsx';

const tones = { paid: 'success', open: 'information', unpaid: 'warning' } as const;

/**
 * What stands at the address of a payment that the signed-in account does not have. Of one that exists it says the one
 * word that the sign-in page says too, and how to get to it: one browser has several accounts, and the bank knows none.
 */
export async function PaymentElsewhere({ kind }: { kind: AccountKind }) {
  const { home, signIn } = authPaths[kind];
  const path = safePath((await headers()).get(pagePathHeader), home);
  const [word, account] = await Promise.all([
    getPaymentWord(path),
    kind === 'user' ? currentUser() : currentVendor(),
  ]);
  if (!word || !account) return <Missing />;
  const [t, words, locale] = await Promise.all([
    getTranslations('billing.elsewhere'),
    getTranslations('auth.signIn.payment'),
    getLocale(),
  ]);
  return (
    <AuthCard
      title={t('title')}
      text={t.rich('text', { phone: () => <bdi dir="ltr">{showPhone(account.phone, locale)}</bdi> })}
    >
      <Alert tone={tones[word]} title={words(`${word}.title`)}>
        {t(word)}
      </Alert>
      <div className="flex flex-wrap gap-3">
        <ClientMessages namespaces={['billing.elsewhere']}>
          <SwitchAccount kind={kind} to={withNext(signIn, path, home)} />
        </ClientMessages>
        <ButtonLink href={billingPaths[kind].home} variant="secondary">
          {t('mine')}
        </ButtonLink>
      </div>
    </AuthCard>
  );
}
