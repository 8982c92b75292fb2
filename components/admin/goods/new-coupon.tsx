import { useTranslations } from 'next-intl';
import { createCoupon } from '#lib/admin/actions.ts';
import { ActionDialog, type ActionField } from '../action-dialog.tsx';

/** Makes a code. `plans` are those it could be for. */
export function NewCoupon({ plans }: { plans: readonly { value: string; label: string }[] }) {
  const t = useTranslations('admin.coupons');
  const days = useTranslations('admin.plan');
  const choice = (name: string, label: string, options: readonly { value: string; label: string }[]) =>
    ({ name, label, value: options[0]?.value ?? '', options }) satisfies ActionField;
  return (
    <ActionDialog
      act="createCoupon"
      action={createCoupon}
      fields={[
        { name: 'code', label: t('code'), hint: t('codeHint'), dir: 'ltr' },
        choice('kind', t('kind'), [
          { value: 'percent', label: t('kinds.percent') },
          { value: 'amount', label: t('kinds.amount') },
          { value: 'gift', label: t('kinds.gift') },
        ]),
        { name: 'value', label: t('value'), hint: t('valueHint'), dir: 'ltr' },
        choice('audience', t('whom'), [
          { value: '', label: t('for.anybody') },
          { value: 'user', label: t('for.user') },
          { value: 'vendor', label: t('for.vendor') },
        ]),
        choice('planName', t('plan'), [{ value: '', label: t('anyPlan') }, ...plans]),
        { name: 'perPerson', label: t('perPerson'), value: '1', dir: 'ltr' },
        { name: 'useLimit', label: t('useLimit'), hint: t('useLimitHint'), dir: 'ltr' },
        { name: 'startsOn', label: t('startsOn'), hint: days('dayHint'), dir: 'ltr' },
        { name: 'endsOn', label: t('endsOn'), hint: t('endsOnHint'), dir: 'ltr' },
      ]}
    />
  );
}
