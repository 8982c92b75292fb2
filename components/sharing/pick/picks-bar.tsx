'use client';

import { Send } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { sendPicks } from '#lib/sharing/pick/actions.ts';
import { usePicks } from './picks.tsx';

/** At the foot of the screen: how many are chosen, the way to see only those, and the button that tells the photographer. */
export function PicksBar({ isOnly, from }: { isOnly: boolean; from: string }) {
  const t = useTranslations('picks');
  const locale = useLocale();
  const picks = usePicks();
  const { isBusy, failure, run } = useOutcome();
  if (!picks) return null;
  const { token, chosen, sentAt, noteSent } = picks;
  return (
    <section
      aria-label={t('label')}
      data-bar
      className="sticky short:bottom-0 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 mt-4 grid gap-2 rounded-card bg-raised p-3 shadow-float lg:bottom-4"
    >
      <FormFailure failure={failure} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p aria-live="polite" className="text-sm">
          <strong>{t('count', { count: chosen.size })}</strong>
          {sentAt ? (
            <span className="ms-2 text-muted">
              {t('sentAt', { day: formatDay(locale, new Date(sentAt)) })}
            </span>
          ) : null}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Link
            href={isOnly ? `/a/${token}` : `/a/${token}?only=1`}
            className="text-sm text-lapis underline underline-offset-4"
          >
            {t(isOnly ? 'all' : 'only')}
          </Link>
          <Button
            busy={isBusy}
            disabled={chosen.size === 0}
            onClick={() => run(() => callAction(sendPicks, { token }), t('sent', { name: from }), noteSent)}
          >
            <Send aria-hidden="true" className="rtl:-scale-x-100" />
            {t(sentAt ? 'sendAgain' : 'send')}
          </Button>
        </div>
      </div>
    </section>
  );
}
