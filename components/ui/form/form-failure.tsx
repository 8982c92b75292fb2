'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure } from '#lib/core/result.ts';

/** What went wrong with a whole form, and when to try again. */
export function FormFailure({ failure }: { failure: PublicFailure | null }) {
  const t = useTranslations();
  if (!failure) return null;
  const seconds = failure.retryAfterSeconds;
  return (
    <Alert tone="danger" live>
      {t(`errors.${failure.code}`)}
      {seconds === undefined ? null : ' '}
      {seconds === undefined
        ? null
        : seconds < 90
          ? t('auth.waitSeconds', { seconds })
          : t('auth.waitMinutes', { minutes: Math.ceil(seconds / 60) })}
      {failure.code.startsWith('account.inactive') ? (
        <>
          {' '}
          <Link href="/contact" className="underline underline-offset-4">
            {t('errors.account.turn')}
          </Link>
        </>
      ) : null}
    </Alert>
  );
}
