'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { StyleChoice } from './style-choice.tsx';
import type { StyleOption } from './style-picker.tsx';

/** An album that its vendor offers as a set of looks. */
export type KitOption = { id: string; title: string; by: string; options: readonly StyleOption[] };

type Props = {
  /** Null when they could not be read. */
  kits: readonly KitOption[] | null;
  chosen: string | null;
  picked: readonly string[];
  onChoose: (name: string) => void;
  describedBy: string;
};

/** Sets of looks that galleries offer, one under the other: a rail each on a phone, three columns on a desk. */
export function KitPicker({ kits, chosen, picked, onChoose, describedBy }: Props) {
  const t = useTranslations('studio.kits');
  if (!kits) {
    return (
      <Alert tone="warning" title={t('failed.title')}>
        {t('failed.text')}
      </Alert>
    );
  }
  const galleries = (
    <ButtonLink href="/explore" variant="secondary" size="sm">
      {t('galleries')}
    </ButtonLink>
  );
  if (kits.length === 0)
    return (
      <EmptyState title={t('empty.title')} action={galleries}>
        {t('empty.text')}
      </EmptyState>
    );
  return (
    <div className="grid min-w-0 content-start gap-5 lg:min-h-0 lg:overflow-y-auto lg:px-1">
      {kits.map(({ id, title, by, options }) => (
        <fieldset key={id} aria-describedby={describedBy} className="min-w-0">
          <legend className="mb-1 max-w-full truncate text-sm">
            <span className="font-semibold">{title}</span>
            <span className="text-muted"> · {by}</span>
          </legend>
          <div className="rail -mx-6 scroll-px-6 gap-3 px-6 py-1 lg:mx-0 lg:grid lg:grid-cols-3 lg:gap-x-4 lg:gap-y-5 lg:overflow-x-visible lg:px-0">
            {options.map((option) => (
              <StyleChoice
                key={option.name}
                name={option.name}
                title={option.title}
                isChosen={option.name === chosen}
                isPicked={picked.includes(option.name)}
                onChoose={onChoose}
                sample={option.picture}
                preview={undefined}
                standIn={null}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <div>{galleries}</div>
    </div>
  );
}
