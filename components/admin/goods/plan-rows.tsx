import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { dropPrice, setPrice, updatePlan } from '#lib/admin/actions.ts';
import type { AnyPlanRow, ComingPrice } from '#lib/admin/plan/store.ts';
import { planMark } from '#lib/admin/plan/update-plan.ts';
import { formatDay } from '#lib/core/dates.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Toman } from '../toman.tsx';
import { usePlanFields } from './plan-fields.ts';

type Props = { plans: readonly AnyPlanRow[]; coming: readonly ComingPrice[] };

/** Plans and packs for people and for vendors, each with what can be changed about it and what it will cost. */
export function PlanRows({ plans, coming }: Props) {
  const t = useTranslations('admin.plan');
  const format = useFormatter();
  const locale = useLocale();
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
          <HeardTh>{t('act')}</HeardTh>
        </tr>
      </thead>
      <tbody>
        {plans.map((plan) => (
          <tr key={plan.id} data-plan={plan.name}>
            <Td>
              <span className="font-semibold whitespace-nowrap">
                {locale === 'fa' ? plan.nameFa : plan.nameEn}
              </span>
              <bdi dir="ltr" className="block w-fit text-xs text-muted">
                {plan.name}
              </bdi>
            </Td>
            <Td place="end" className="whitespace-nowrap">
              {t(plan.audience === 'vendor' ? 'forVendors' : 'forUsers')}
            </Td>
            <Td>
              <span className="block">
                <Toman rials={plan.priceRials} /> {plan.isPack ? t('onceShort') : null}
              </span>
              {coming
                .filter(({ planId }) => planId === plan.id)
                .map((price) => (
                  <Coming
                    key={price.startsAt.toISOString()}
                    price={price}
                    plan={locale === 'fa' ? plan.nameFa : plan.nameEn}
                  />
                ))}
            </Td>
            <Td label={t('conversions')} place="end">
              {format.number(plan.conversionsLimit)}
            </Td>
            <Td label={t('images')}>{format.number(plan.imagesLimit)}</Td>
            <Td place="end">
              <Badge tone={plan.isActive ? 'success' : 'neutral'}>
                {t(plan.isActive ? 'offered' : 'hidden')}
              </Badge>
            </Td>
            <Td place="wide">
              <span className="flex flex-wrap gap-2">
                <EditPlan key={planMark(plan)} plan={plan} />
                {plan.priceRials > 0n ? <PriceFrom plan={plan} /> : null}
              </span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Coming({ price: { planId, startsAt, priceRials }, plan }: { price: ComingPrice; plan: string }) {
  const t = useTranslations('admin.plan');
  const locale = useLocale();
  return (
    <span className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
      <span>
        {t.rich('from', { day: formatDay(locale, startsAt), price: () => <Toman rials={priceRials} /> })}
      </span>
      <ActionDialog
        act="dropPrice"
        about={
          <>
            {plan},{' '}
            {t.rich('from', { day: formatDay(locale, startsAt), price: () => <Toman rials={priceRials} /> })}
          </>
        }
        action={dropPrice}
        input={{ id: planId, startsAt: startsAt.toISOString() }}
        size="sm"
        variant="quiet"
      />
    </span>
  );
}

function EditPlan({ plan }: { plan: AnyPlanRow }) {
  const fields = usePlanFields(plan);
  return (
    <ActionDialog
      act="plan"
      action={updatePlan}
      input={{ id: plan.id, before: planMark(plan) }}
      size="sm"
      fields={fields}
    />
  );
}

function PriceFrom({ plan }: { plan: AnyPlanRow }) {
  const t = useTranslations('admin.plan');
  const isFa = useLocale() === 'fa';
  return (
    <ActionDialog
      act="setPrice"
      action={setPrice}
      input={{ id: plan.id }}
      size="sm"
      about={t.rich('now', {
        plan: isFa ? plan.nameFa : plan.nameEn,
        price: () => <Toman rials={plan.priceRials} />,
      })}
      fields={[
        { name: 'startsOn', label: t('startsOn'), hint: t('dayHint'), dir: 'ltr' },
        { name: 'priceToman', label: t('priceToman'), dir: 'ltr' },
      ]}
    />
  );
}
