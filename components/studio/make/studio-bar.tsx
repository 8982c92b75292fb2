'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { StudioQuota } from '../use-studio.ts';

type Props = {
  /** Null while nobody is signed in. */
  quota: StudioQuota | null;
  busy: boolean;
  /** How many pictures would be made; each costs one. */
  count: number;
  /** How many photos the server does not have yet. */
  unsent: number;
  wait: WaitView | null;
  /** What the least plan costs, in the reader's own digits; null when none is offered. */
  price: string | null;
};

/** What is left of conversions and of places for photos, what it costs and how long it takes, and the one button. */
export function StudioBar({ quota, busy, count, unsent, wait, price }: Props) {
  const t = useTranslations('studio');
  return (
    <div className="-mx-6 grid gap-1 border-t border-line bg-background px-6 py-2.5 lg:mx-0 lg:px-0 lg:pt-4 lg:pb-0">
      <Reason quota={quota} count={count} unsent={unsent} price={price} />
      <div className="flex items-center justify-between gap-3">
        <div className="grid min-w-0 gap-0.5">
          {quota ? (
            <>
              <Meter
                value={quota.left}
                max={quota.of}
                label={t('quota')}
                text={t('left', { count: quota.left })}
              />
              <p className="truncate text-xs text-muted">
                {t('places', { left: quota.photosLeft, of: quota.photosOf })}
                {wait && count > 0 ? <Terms count={count} wait={wait} /> : null}
              </p>
            </>
          ) : (
            <p className="text-xs text-muted sm:text-sm">
              {/* Where photos are chosen it is said already. */}
              {count === 0 ? null : t('private')}{' '}
              <span className={clsx(count > 0 && '[@media(max-height:42rem)]:hidden')}>{t('visitor')}</span>
            </p>
          )}
        </div>
        <Button type="submit" size="lg" busy={busy} className="shrink-0 max-sm:px-5">
          {count > 1 ? t('convertMany', { count }) : t('convert')}
        </Button>
      </div>
    </div>
  );
}

/** Why it would not go, or is the last time, and what can be done: always beside the button. */
function Reason({ quota, count, unsent, price }: Pick<Props, 'quota' | 'count' | 'unsent' | 'price'>) {
  const t = useTranslations('studio');
  if (!quota) return null;
  const { left, isPaid, photosLeft } = quota;
  const plans = (
    <Link href="/plans" className="whitespace-nowrap text-lapis underline underline-offset-4">
      {t('seePlans')}
    </Link>
  );
  const offer = price ? ` ${t('price', { amount: price })}` : '';
  if (left === 0) {
    return (
      <p className="text-sm">
        {t(isPaid ? 'usedUp.paid' : 'usedUp.free')}
        {offer} {plans}
      </p>
    );
  }
  if (count > left) {
    return (
      <p className="text-sm text-warning">
        {t('notEnough', { count, left })} {plans}
      </p>
    );
  }
  if (photosLeft < unsent) {
    return (
      <p className="text-sm text-warning">
        {t('noPlace')} {plans}
      </p>
    );
  }
  if (left === 1 && !isPaid) {
    return (
      <p className="text-sm text-muted">
        {t('lastFree')} {plans}
      </p>
    );
  }
  return null;
}

/** What it costs when there are several, and when to expect it. */
function Terms({ count, wait }: { count: number; wait: WaitView }) {
  const t = useTranslations('studio');
  const { seconds, ahead } = wait;
  const when =
    seconds < 90 ? t('wait.seconds', { seconds }) : t('wait.minutes', { minutes: Math.ceil(seconds / 60) });
  return (
    <>
      {count > 1 ? ` · ${t('cost', { count })}` : null}
      {seconds > 0 ? ` · ${when}` : null}
      {ahead > 0 ? ` · ${t('wait.ahead', { count: ahead })}` : null}
    </>
  );
}
