'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { StudioQuota } from './studio.tsx';

/** The quota and the one button; at the foot of the screen on a phone, above the navigation. */
export function StudioBar({ quota, busy }: { quota: StudioQuota; busy: boolean }) {
  const t = useTranslations('studio');
  const { left, of, isPaid } = quota;
  const text = t('left', { count: left });
  return (
    <div className="-mx-6 grid gap-1.5 border-t border-line bg-background px-6 py-3 lg:mx-0 lg:px-0 lg:pt-4 lg:pb-0">
      <div className="flex items-center justify-between gap-4">
        <Meter value={left} max={of} label={t('quota')} text={text} />
        {left > 0 ? (
          <Button type="submit" size="lg" busy={busy}>
            {t('convert')}
          </Button>
        ) : (
          <ButtonLink href="/plans" size="lg">
            {t('seePlans')}
          </ButtonLink>
        )}
      </div>
      {left === 0 ? <p className="text-sm text-muted">{t(isPaid ? 'usedUp.paid' : 'usedUp.free')}</p> : null}
      {left === 1 && !isPaid ? (
        <p className="text-sm text-muted">
          {t('lastFree')}{' '}
          <Link href="/plans" className="text-lapis underline underline-offset-4">
            {t('seePlans')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}
