'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import type { DeviceSupport } from '#lib/styles/browser/device-view.ts';

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

type Unable = Exclude<DeviceSupport, { can: true }>['why'] | 'failed' | 'hosted';

/** Why samples stand where the person's own photo would be. */
export function SamplesNote({ why, engine }: { why: Unable; engine: string }) {
  const t = useTranslations('studio.samples');
  const files = useTranslations('files');
  const name = files.has(`engines.${engine}`) ? files(`engines.${engine}`) : engine;
  return <p className="text-xs text-muted">{why === 'hosted' ? t('hosted', { engine: name }) : t(why)}</p>;
}
