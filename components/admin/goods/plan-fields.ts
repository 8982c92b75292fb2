import { useTranslations } from 'next-intl';
import type { PlanChange } from '#lib/admin/plan/store.ts';
import { toToman } from '#lib/core/money.ts';
import type { ActionField } from '../action-dialog.tsx';

/** What is asked about a plan, with what it is now. */
export function usePlanFields(plan?: PlanChange): readonly ActionField[] {
  const t = useTranslations('admin.plan');
  const numeric = (name: string, label: string, value?: number | bigint): ActionField => ({
    name,
    label,
    value: value === undefined ? '' : String(value),
    dir: 'ltr',
  });
  const text = (name: string, label: string, value?: string | null): ActionField => ({
    name,
    label,
    value: value ?? '',
  });
  return [
    text('nameFa', t('nameFa'), plan?.nameFa),
    text('nameEn', t('nameEn'), plan?.nameEn),
    text('descriptionFa', t('descriptionFa'), plan?.descriptionFa),
    text('descriptionEn', t('descriptionEn'), plan?.descriptionEn),
    numeric('priceToman', t('priceToman'), plan && toToman(plan.priceRials)),
    numeric('conversions', t('conversions'), plan?.conversionsLimit),
    numeric('images', t('images'), plan?.imagesLimit),
    {
      name: 'isActive',
      label: t('state'),
      value: String(plan?.isActive ?? true),
      options: [
        { value: 'true', label: t('offered') },
        { value: 'false', label: t('hidden') },
      ],
    },
  ];
}
