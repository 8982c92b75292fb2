'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { galleryLimits } from '#lib/gallery/policy.ts';

type Props = { name?: string; label?: ReactNode; value: string; onChange: (text: string) => void };

/** What a picture shows, in words, for people who cannot see it. Needs the namespace `library`. */
export function AltField({ name = 'altText', label, value, onChange }: Props) {
  const t = useTranslations('library.gallery.alt');
  return (
    <TextareaField
      name={name}
      label={label ?? t('label')}
      hint={label ? undefined : t('hint')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      maxLength={galleryLimits.maxAltLength}
      rows={2}
      dir="auto"
    />
  );
}
