import { useFormatter, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { updatePlan } from '#lib/admin/actions.ts';
import type { AnyPlanRow } from '#lib/admin/plan/store.ts';
import { planMark } from '#lib/admin/plan/update-plan.ts';
import { toToman } from '#lib/core/money.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Toman } from '../toman.tsx';

/** Plans for people and for vendors, each with what can be changed about it. */
export function PlanRows({ plans }: { plans: readonly AnyPlanRow[] }) {
  const t = useTranslations('admin.plan');
  const format = useFormatter();
  const planName = usePlanName();
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('name')}</Th>
          <Th>{t('audience')}</Th>
          <Th>{t('price')}</Th>
          <Th>{t('conversions')}</Th>
          <Th>{t('images')}</Th>
          <Th>{t('state')}</Th>
          {/* What is hidden stands outside the page's flow: it must not leave the table that scrolls. */}
          <Th className="relative">
            <span className="sr-only">{t('act')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {plans.map((plan) => (
          <tr key={plan.id}>
            <Td>
              <span className="font-semibold whitespace-nowrap">{planName(plan.name)}</span>
              <bdi dir="ltr" className="block w-fit text-xs text-muted">
                {plan.displayName}
              </bdi>
            </Td>
            <Td place="end" className="whitespace-nowrap">
              {t(plan.audience === 'vendor' ? 'forVendors' : 'forUsers')}
            </Td>
            <Td>
              <Toman rials={plan.pricePerMonthCents} />
            </Td>
            <Td label={t('conversions')} place="end">
              {format.number(plan.monthlyConversionsLimit)}
            </Td>
            <Td label={t('images')}>{format.number(plan.monthlyImagesLimit)}</Td>
            <Td place="end">
              <Badge tone={plan.isActive ? 'success' : 'neutral'}>
                {t(plan.isActive ? 'offered' : 'hidden')}
              </Badge>
            </Td>
            <Td place="wide">
              <EditPlan key={planMark(plan)} plan={plan} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function EditPlan({ plan }: { plan: AnyPlanRow }) {
  const t = useTranslations('admin.plan');
  const numeric = (name: string, label: string, value: number | bigint) =>
    ({ name, label, value: String(value), dir: 'ltr' }) as const;
  return (
    <ActionDialog
      act="plan"
      action={updatePlan}
      input={{ id: plan.id, before: planMark(plan) }}
      size="sm"
      fields={[
        { name: 'displayName', label: t('displayName'), value: plan.displayName },
        { name: 'description', label: t('description'), value: plan.description ?? '' },
        numeric('priceToman', t('priceToman'), toToman(plan.pricePerMonthCents)),
        numeric('conversionsPerMonth', t('conversions'), plan.monthlyConversionsLimit),
        numeric('imagesPerMonth', t('images'), plan.monthlyImagesLimit),
        {
          name: 'isActive',
          label: t('state'),
          value: String(plan.isActive),
          options: [
            { value: 'true', label: t('offered') },
            { value: 'false', label: t('hidden') },
          ],
        },
      ]}
    />
  );
}
