'use client';

import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { agreeAsUser, agreeAsVendor } from '#lib/account/actions.ts';
import type { Unagreed } from '#lib/account/legal/queries.ts';
import { Link } from '#lib/core/i18n/navigation.ts';

/** Asks somebody signed in for their word on a text that has changed since they gave it. Nothing else waits for it. */
export function AgreeBar({ kind, versions }: Unagreed) {
  const t = useTranslations('account.legal');
  const { isBusy, failure, run } = useOutcome();
  const agree = () =>
    run(
      () => callAction(kind === 'user' ? agreeAsUser : agreeAsVendor, [...versions]),
      () => t('done'),
      // The button goes with the bar.
      () => document.getElementById('main')?.focus(),
    );
  return (
    <aside aria-label={t('label')} className="border-b border-line bg-lapis-soft">
      <div className="page flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5 text-sm">
        <p className="min-w-0 grow basis-60">
          {t('changed')}{' '}
          {versions.map(({ page, version }) => (
            <Link
              key={page}
              href={`/${page}?version=${version}`}
              className="me-3 inline-block text-lapis underline underline-offset-4"
            >
              {t(page)}
            </Link>
          ))}
        </p>
        <Button size="sm" onClick={agree} busy={isBusy}>
          {t('agree')}
        </Button>
        {failure ? <FormFailure failure={failure} /> : null}
      </div>
    </aside>
  );
}
