'use client';

import { Lightbulb } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ShownEngine, useEngineNames } from '#components/files/engine-names.ts';
import { Alert } from '#components/ui/alert.tsx';
import type { AdviceCode } from '#lib/conversions/photo-check/view.ts';
import type { DeviceSupport } from '#lib/styles/browser/device-view.ts';
import type { LookObstacle } from '#lib/styles/paint/looks/order.ts';

/** What stands in the way: a code of the server, or a choice that is still missing. */
export type Problem =
  | { kind: 'photo' | 'style' | 'unusable' | 'notEnough' | 'noPlace' }
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
  const sentence = {
    photo: 'missing.photo',
    style: 'missing.style',
    unusable: 'unusable',
    notEnough: 'fewer',
    noPlace: 'noPlace',
  } as const;
  return (
    <Alert tone="warning" live>
      {t(sentence[problem.kind])}
    </Alert>
  );
}

/** What would make the photo that stands large better for the chosen style; one sentence, the worst first. */
export function PhotoAdvice({ advice }: { advice: readonly AdviceCode[] }) {
  const t = useTranslations('photoCheck');
  const [first] = advice;
  return (
    <p role="status" className="flex items-start gap-2 text-sm text-warning empty:sr-only">
      {first ? (
        <>
          <Lightbulb aria-hidden="true" className="mt-1 size-4 shrink-0" />
          {t(first)}
        </>
      ) : null}
    </p>
  );
}

type Unable = Exclude<DeviceSupport, { can: true }>['why'] | 'failed' | 'hosted' | LookObstacle;

/** Why samples stand where the person's own photo would be. */
export function SamplesNote({
  why,
  makers,
  ignored,
}: {
  why: Unable;
  makers: readonly ShownEngine[];
  /** A strength that was chosen before and that who makes the picture knows nothing of. */
  ignored: number | null;
}) {
  const t = useTranslations('studio.samples');
  const names = useEngineNames();
  return (
    <p className="text-xs text-muted">
      {why === 'hosted' ? t('hosted', { engine: names(makers) }) : t(why)}
      {ignored === null ? null : ` ${t('wholeLook', { share: ignored })}`}
    </p>
  );
}
