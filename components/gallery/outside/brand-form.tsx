'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { setBrandColour } from '#lib/gallery/brand/actions.ts';

/** The colour of a shop's private albums; null for the site's own. Needs `outside` and `auth`. */
export function BrandForm({ colour }: { colour: string | null }) {
  const t = useTranslations('outside.brand');
  const id = useId();
  const { isBusy, failure, run } = useOutcome();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get('colour'));
    run(() => callAction(setBrandColour, { colour: chosen }), t('saved'));
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <label htmlFor={id} className="flex items-center gap-3 text-sm font-semibold">
        <input
          id={id}
          type="color"
          name="colour"
          key={colour}
          defaultValue={colour ?? '#0b7a75'}
          className="h-11 w-16 rounded-control border border-field bg-surface p-1"
        />
        {t('label')}
      </label>
      <FormFailure failure={failure} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={isBusy}>
          {t('save')}
        </Button>
        {colour ? (
          <Button
            variant="quiet"
            onClick={() => run(() => callAction(setBrandColour, { colour: null }), t('saved'))}
          >
            {t('none')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
