'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';

type Props = { chosen: string; options: readonly { value: string; label: string }[] };

/** One style of the history, or any. */
export function StyleFilter({ chosen, options }: Props) {
  const t = useTranslations('history');
  const router = useRouter();
  const [isBusy, start] = useTransition();
  return (
    <div className="w-full sm:w-56">
      <SelectField
        // Another filter may have been chosen meanwhile: what stands here follows the address.
        key={chosen}
        name="style"
        label={t('style')}
        labelIsHidden
        defaultValue={chosen}
        aria-busy={isBusy}
        options={[{ value: '', label: t('anyStyle') }, ...options]}
        onChange={({ target }) => {
          const { value } = target;
          start(() =>
            router.push(value ? `/conversions?style=${encodeURIComponent(value)}` : '/conversions', {
              scroll: false,
            }),
          );
        }}
      />
    </div>
  );
}
