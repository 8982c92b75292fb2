import { useTranslations } from 'next-intl';
import { Meter } from '#components/ui/meter.tsx';
import type { VendorQuotaView } from '#lib/quota/view.ts';

/** How many pictures still fit: altogether, and how much of it is free and how much the plan's. */
export function VendorQuota({ quota }: { quota: VendorQuotaView }) {
  const t = useTranslations('vendorShell');
  const { freeRemaining, totalRemaining } = quota;
  const fromPlan = totalRemaining - freeRemaining;
  return (
    <div className="grid gap-1.5 rounded-control border border-line p-3 text-sm">
      <p className="font-semibold">{t('left', { count: totalRemaining })}</p>
      {totalRemaining > 0 && totalRemaining <= 10 ? (
        <Meter
          value={totalRemaining}
          max={Math.max(totalRemaining, 10)}
          label={t('room')}
          text={t('number', { count: totalRemaining })}
        />
      ) : null}
      <p className="text-xs text-muted">{t('rooms', { free: freeRemaining, plan: fromPlan })}</p>
    </div>
  );
}
