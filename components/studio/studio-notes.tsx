'use client';

import { Lightbulb } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { AdviceCode } from '#lib/conversions/photo-check/view.ts';

/** What stands in the way: a code of the server, or a choice that is still missing. */
export type Problem =
  | { kind: 'photo' | 'style' | 'unusable' | 'notEnough' }
  | { kind: 'refused'; code: string };

export function StudioProblem({ problem }: { problem: Problem }) {
  const t = useTranslations('studio');
  const errors = useTranslations('errors');
  if (problem.kind === 'refused') {
    return (
      <Alert tone="danger" live>
        {errors.has(problem.code) ? errors(problem.code) : errors('internal')}
      </Alert>
    );
  }
  const text =
    problem.kind === 'unusable' || problem.kind === 'notEnough'
      ? t(problem.kind === 'unusable' ? 'unusable' : 'fewer')
      : t(`missing.${problem.kind}`);
  return (
    <Alert tone="warning" live>
      {text}
    </Alert>
  );
}

/** That nothing is left, and the way on: said before anything else. */
export function QuotaUsedUp({ isPaid }: { isPaid: boolean }) {
  const t = useTranslations('studio');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4 lg:col-span-2">
      <p className="max-w-text text-sm">{t(isPaid ? 'usedUp.paid' : 'usedUp.free')}</p>
      <ButtonLink href="/plans" className="max-sm:w-full">
        {t('seePlans')}
      </ButtonLink>
    </div>
  );
}

/** What would make the photo that stands large better for the chosen style; one sentence, the worst first. */
export function PhotoAdvice({ advice }: { advice: readonly AdviceCode[] }) {
  const t = useTranslations('photoCheck');
  const [first] = advice;
  return (
    <p role="status" className="flex items-start gap-2 text-sm text-warning empty:hidden">
      {first ? (
        <>
          <Lightbulb aria-hidden="true" className="mt-1 size-4 shrink-0" />
          {t(first)}
        </>
      ) : null}
    </p>
  );
}
