import { useTranslations } from 'next-intl';
import type { LegalPage } from '#lib/account/legal/policy.ts';
import { publishText } from '#lib/admin/actions.ts';
import { ActionDialog } from '../action-dialog.tsx';

/** A new version of a page of law. It begins as `words`, which are changed in it. */
export function PublishDialog({ page, words }: { page: LegalPage; words: { fa: string; en: string } }) {
  const t = useTranslations('admin.legal');
  const days = useTranslations('admin.plan');
  const text = (name: 'fa' | 'en', dir: 'rtl' | 'ltr') => ({
    name,
    label: t(name),
    ...(name === 'fa' && { hint: t('format') }),
    value: words[name],
    dir,
    rows: 10,
  });
  return (
    <ActionDialog
      act="publishText"
      action={publishText}
      input={{ page }}
      fields={[
        text('fa', 'rtl'),
        text('en', 'ltr'),
        { name: 'startsOn', label: t('startsOn'), hint: days('dayHint'), dir: 'ltr' },
      ]}
    />
  );
}
