import { useTranslations } from 'next-intl';
import { refusalReasons } from '#lib/files/moderation/policy.ts';
import type { ActionField } from '../action-dialog.tsx';

/** What the owner of an image is told, as a field of the action that refuses it. */
export function useRefusalField(value: (typeof refusalReasons)[number] = 'indecent'): ActionField {
  const t = useTranslations('admin.moderation');
  return {
    name: 'why',
    label: t('tell'),
    value,
    options: refusalReasons.map((reason) => ({ value: reason, label: t(`why.${reason}`) })),
  };
}
