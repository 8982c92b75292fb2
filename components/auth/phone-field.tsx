'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { TextField } from '#components/ui/form/text-field.tsx';

type Props = Omit<ComponentProps<typeof TextField>, 'label' | 'hint'>;

/** A mobile number, in whatever form and digits people write it. */
export function PhoneField(props: Props) {
  const t = useTranslations('auth.field');
  return (
    <TextField type="tel" inputMode="tel" dir="ltr" {...props} label={t('phone')} hint={t('phoneHint')} />
  );
}
