'use client';

import { useTranslations } from 'next-intl';
import { type ShownEngine, useEngineNames } from '#components/files/engine-names.ts';
import type { DeviceSupport } from '#lib/styles/browser/device-view.ts';

type Unable = Exclude<DeviceSupport, { can: true }>['why'] | 'failed' | 'hosted';

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
