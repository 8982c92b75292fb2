import { useTranslations } from 'next-intl';
import { createPlan } from '#lib/admin/actions.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { usePlanFields } from './plan-fields.ts';

/** Makes a plan for a month, or a pack. */
export function NewPlan() {
  const t = useTranslations('admin.plan');
  const fields = usePlanFields();
  return (
    <ActionDialog
      act="createPlan"
      action={createPlan}
      fields={[
        { name: 'name', label: t('short'), hint: t('shortHint'), dir: 'ltr' },
        {
          name: 'audience',
          label: t('audience'),
          value: 'user',
          options: [
            { value: 'user', label: t('forUsers') },
            { value: 'vendor', label: t('forVendors') },
          ],
        },
        {
          name: 'term',
          label: t('term'),
          value: 'month',
          options: [
            { value: 'month', label: t('month') },
            { value: 'once', label: t('once') },
          ],
        },
        ...fields,
      ]}
    />
  );
}
