'use client';

import { Flag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { mostNoteLength, reportReasons } from '#lib/gallery/policy.ts';
import { reportImage, reportVendor } from '#lib/gallery/report/actions.ts';

/** Tells the operator what is wrong with an image, or a shop as a whole: a reason, and words if one likes. */
export function ReportDialog(about: { imageId: string } | { vendorId: string }) {
  const isShop = 'vendorId' in about;
  const t = useTranslations('report');
  const errors = useTranslations('errors');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const [problem, setProblem] = useState<'reason' | { code: string } | null>(null);
  const [sent, setSent] = useState(false);
  const [busy, start] = useTransition();
  const problemId = useId();

  const change = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    setReason(null);
    setProblem(null);
    setSent(false);
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    if (!reason) return setProblem('reason');
    setProblem(null);
    const note = String(new FormData(event.currentTarget).get('note') ?? '');
    start(async () => {
      const answer = await (isShop
        ? callAction(reportVendor, { ...about, reason, note })
        : callAction(reportImage, { ...about, reason, note }));
      if (answer.ok) setSent(true);
      else setProblem({ code: answer.code });
    });
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="quiet">
          <Flag aria-hidden="true" />
          {t(isShop ? 'shop.action' : 'action')}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t(isShop ? 'shop.title' : 'title')}
        description={sent ? undefined : t(isShop ? 'shop.text' : 'text')}
      >
        {sent ? (
          <Alert tone="success" live>
            {t('done')}
          </Alert>
        ) : (
          <form onSubmit={submit} className="grid gap-4">
            <fieldset aria-describedby={problem === 'reason' ? problemId : undefined}>
              <legend className="text-sm font-semibold">{t('reason')}</legend>
              {reportReasons.map((one) => (
                <Choice
                  key={one}
                  type="radio"
                  name="reason"
                  value={one}
                  checked={reason === one}
                  onChange={() => {
                    setReason(one);
                    setProblem(null);
                  }}
                >
                  {t(isShop ? `shop.reasons.${one}` : `reasons.${one}`)}
                </Choice>
              ))}
              {problem === 'reason' ? (
                <p id={problemId} role="alert" className="text-sm text-danger">
                  {t('reasonMissing')}
                </p>
              ) : null}
            </fieldset>
            <TextareaField name="note" label={t('note')} maxLength={mostNoteLength} rows={3} />
            {problem && problem !== 'reason' ? (
              <Alert tone="danger" live>
                {errors.has(problem.code) ? errors(problem.code) : errors('internal')}
              </Alert>
            ) : null}
            <Button type="submit" busy={busy} wide>
              {t('submit')}
            </Button>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
