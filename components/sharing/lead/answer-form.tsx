'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { answerLead, putLeadAway } from '#lib/sharing/lead/actions.ts';
import { leadLimits } from '#lib/sharing/policy.ts';

/** The shop's one answer to what was sent to it. Needs `leads` and `auth`. */
export function AnswerForm({ id }: { id: string }) {
  const t = useTranslations('leads.answer');
  const { isBusy, failure, errorOf, run } = useOutcome();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget).get('answer') ?? '');
    run(() => callAction(answerLead, { id, answer }), t('done'));
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <TextareaField
        name="answer"
        label={t('label')}
        hint={t('hint')}
        error={errorOf('answer')}
        maxLength={leadLimits.answer}
        rows={2}
        dir="auto"
      />
      {failure?.fields ? null : <FormFailure failure={failure} />}
      <Button type="submit" size="sm" busy={isBusy} className="justify-self-start">
        {t('submit')}
      </Button>
    </form>
  );
}

/** Off the list, or back on it. */
export function AwayButton({ id, isAway }: { id: string; isAway: boolean }) {
  const t = useTranslations('leads.away');
  const { isBusy, failure, run } = useOutcome();
  const way = isAway ? 'back' : 'put';
  return (
    <div className="grid gap-2">
      <FormFailure failure={failure} />
      <Button
        variant="quiet"
        size="sm"
        busy={isBusy}
        className="justify-self-start"
        onClick={() => run(() => callAction(putLeadAway, { id, isAway: !isAway }), t(`${way}Done`))}
      >
        {t(way)}
      </Button>
    </div>
  );
}
