'use client';

import { clsx } from 'clsx';
import { Lightbulb, ScanSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import type { AdviceCode } from '#lib/conversions/photo-check/view.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { LookObstacle } from '#lib/styles/paint/looks/order.ts';

/** What is left, and out of how many: conversions, and places for photos. */
export type StudioQuota = { left: number; of: number; isPaid: boolean; photosLeft: number; photosOf: number };

/** What stands in the way: a code of the server, or a choice that is still missing. */
export type Problem =
  | { kind: 'photo' | 'style' | 'unusable' | 'obstacle' | 'notEnough' | 'noPlace' }
  | { kind: 'refused'; code: string };

export type Noted = {
  problem: Problem | null;
  /** Null while nobody is signed in. */
  quota: StudioQuota | null;
  /** How many pictures would be made; each costs one. */
  count: number;
  /** How many photos the server does not have yet. */
  unsent: number;
  /** What the least plan costs, in the reader's own digits; null when none is offered. */
  price: string | null;
  /** Why the look that stands large cannot be made of the photo that does. */
  obstacle: LookObstacle | null;
  /** Where this device is not sure what takes the look. */
  doubt: 'clothes' | 'hair' | null;
  /** What would make the photo that stands large better for the chosen style; the worst first. */
  advice: readonly AdviceCode[];
};

type Limit = 'usedUp' | 'notEnough' | 'noPlace';

/** What the account has too little of for what is chosen; null where there is enough, or no account. */
function limitOf({ quota, count, unsent }: Noted): Limit | null {
  if (!quota) return null;
  if (quota.left === 0) return 'usedUp';
  if (count > quota.left) return 'notEnough';
  return quota.photosLeft < unsent ? 'noPlace' : null;
}

/**
 * One sentence over the button, the most pressing there is, so that the bar stays as low as two lines allow: what stopped
 * the last press, what there is too little of, what this device doubts, what would be better.
 */
export function BarNote(noted: Noted) {
  const { problem, quota, count, price, obstacle, doubt, advice } = noted;
  const t = useTranslations('studio');
  const check = useTranslations('photoCheck');
  const errors = useTranslations('errors');
  const limit = limitOf(noted);
  const isPaid = quota?.isPaid ?? false;
  const limits: Record<Limit, string> = {
    usedUp: `${t(isPaid ? 'usedUp.paid' : 'usedUp.free')}${price ? ` ${t('price', { amount: price })}` : ''}`,
    notEnough: t('notEnough', { count, left: quota?.left ?? 0 }),
    noPlace: t('noPlace'),
  };
  const plans = (
    <Link href="/plans" className="whitespace-nowrap text-lapis underline underline-offset-4">
      {t('seePlans')}
    </Link>
  );
  const stopped = problem && stoppedBy(problem, limit, obstacle);
  if (stopped === 'limit' && limit) {
    return (
      <Alert key={limit} tone="warning" live compact>
        {limit === 'notEnough' ? t('fewer') : limits[limit]} {plans}
      </Alert>
    );
  }
  if (problem && stopped === 'problem') {
    const refused = problem.kind === 'refused' ? problem.code : null;
    const sentences = { photo: 'missing.photo', style: 'missing.style', unusable: 'unusable' } as const;
    return (
      <Alert key={refused ?? problem.kind} tone={refused ? 'danger' : 'warning'} live compact>
        {problem.kind === 'obstacle' && obstacle
          ? t(`obstacle.${obstacle}`)
          : problem.kind in sentences
            ? t(sentences[problem.kind as keyof typeof sentences])
            : errors(refused && errors.has(refused) ? refused : 'internal')}
      </Alert>
    );
  }
  const [first] = advice;
  const Icon = limit ? null : (obstacle ?? doubt) ? ScanSearch : first ? Lightbulb : null;
  const isLast = quota?.left === 1 && !isPaid;
  return (
    <p
      role="status"
      className={clsx(
        'flex items-start gap-2 text-sm leading-snug empty:sr-only',
        limit === 'usedUp' ? 'text-ink' : limit || Icon ? 'text-warning' : 'text-muted',
      )}
    >
      {Icon ? <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" /> : null}
      {limit ? (
        <span>
          {limits[limit]} {plans}
        </span>
      ) : obstacle ? (
        t(`obstacle.${obstacle}`)
      ) : doubt ? (
        t(`parts.unsure.${doubt}`)
      ) : first ? (
        check(first)
      ) : isLast ? (
        <span>
          {t('lastFree')} {plans}
        </span>
      ) : null}
    </p>
  );
}

/** Whether a press was stopped by a limit that still holds, or by something else; null when it would not be stopped again. */
function stoppedBy(
  problem: Problem,
  limit: Limit | null,
  obstacle: LookObstacle | null,
): 'limit' | 'problem' | null {
  if (problem.kind === 'obstacle') return obstacle && 'problem';
  if (problem.kind === 'notEnough' || problem.kind === 'noPlace') return limit ? 'limit' : null;
  // A server may know of it before this page does.
  if (problem.kind === 'refused' && problem.code === 'quota.exceeded') return limit ? 'limit' : 'problem';
  return 'problem';
}
