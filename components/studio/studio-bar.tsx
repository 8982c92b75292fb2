'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';
import { Link } from '#lib/core/i18n/navigation.ts';

type Props = {
  quota: StudioQuota;
  busy: boolean;
  /** How many photos would be converted; each costs one. */
  count: number;
  wait: WaitView;
};

/** The quota while there is some, what it costs and how long it takes, and the one button. */
export function StudioBar({ quota, busy, count, wait }: Props) {
  const t = useTranslations('studio');
  const { left, of, isPaid } = quota;
  return (
    <div className="-mx-6 grid gap-1.5 border-t border-line bg-background px-6 py-3 lg:mx-0 lg:px-0 lg:pt-4 lg:pb-0">
      <div className="flex items-center justify-between gap-4">
        <div className="grid min-w-0 gap-0.5">
          <Meter value={left} max={of} label={t('quota')} text={t('left', { count: left })} />
          {count > 0 ? <Terms count={count} wait={wait} /> : null}
        </div>
        <Button type="submit" size="lg" busy={busy} className="shrink-0 max-sm:px-5">
          {t('convert')}
        </Button>
      </div>
      {count > left ? <p className="text-sm text-warning">{t('notEnough', { count, left })}</p> : null}
      {left === 1 && count <= 1 && !isPaid ? (
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

/** What it costs when there are several, and when to expect it. */
function Terms({ count, wait }: { count: number; wait: WaitView }) {
  const t = useTranslations('studio');
  const { seconds, ahead } = wait;
  const when =
    seconds < 90 ? t('wait.seconds', { seconds }) : t('wait.minutes', { minutes: Math.ceil(seconds / 60) });
  return (
    <p className="text-xs text-muted first-letter:uppercase">
      {count > 1 ? `${t('cost', { count })} · ` : null}
      {when}
      {ahead > 0 ? ` · ${t('wait.ahead', { count: ahead })}` : null}
    </p>
  );
}

/** What is left to convert, and out of how many. */
export type StudioQuota = { left: number; of: number; isPaid: boolean };
