'use client';

import { Store } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { formatDay } from '#lib/core/dates.ts';
import { contactAddress } from '#lib/gallery/offer/view.ts';
import { outwardRel } from '#lib/gallery/vendor/profile.ts';
import { sendLead, withdrawLead } from '#lib/sharing/lead/actions.ts';
import type { OwnLead } from '#lib/sharing/lead/view.ts';
import { leadLimits } from '#lib/sharing/policy.ts';

type Props = {
  conversionId: string;
  shop: string;
  /** The number of one's account, as it is shown. */
  phone: string;
  /** What is at the shop already. */
  lead: OwnLead | null;
};

/**
 * Sends a result to the shop whose look it is, after one sentence of what is sent; once it is there: what was sent, what
 * came back, and the way to take it back. Needs the namespaces `leads`, `offer` and `auth`.
 */
export function SendToShop({ conversionId, shop, phone, lead }: Props) {
  if (lead) return <Sent conversionId={conversionId} shop={shop} lead={lead} />;
  return <SendDialog conversionId={conversionId} shop={shop} phone={phone} />;
}

function SendDialog({ conversionId, shop, phone }: Omit<Props, 'lead'>) {
  const t = useTranslations('leads.send');
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, errorOf, run } = useOutcome();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sent = new FormData(event.currentTarget);
    const input = {
      conversionId,
      words: String(sent.get('words') ?? ''),
      withPhone: sent.get('withPhone') !== null,
    };
    run(
      () => callAction(sendLead, input),
      t('done', { shop }),
      () => setOpen(false),
    );
  };
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">
          <Store aria-hidden="true" />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title', { shop })} description={t('what', { shop })}>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextareaField
            name="words"
            label={t('words')}
            hint={t('wordsHint')}
            error={errorOf('words')}
            maxLength={leadLimits.words}
            rows={3}
            dir="auto"
          />
          <Choice name="withPhone" note={t('phoneNote')}>
            {t.rich('phone', { phone: () => <bdi dir="ltr">{phone}</bdi> })}
          </Choice>
          {failure?.fields ? null : <FormFailure failure={failure} />}
          <Button type="submit" busy={isBusy} wide>
            {t('submit')}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Sent({ conversionId, shop, lead }: { conversionId: string; shop: string; lead: OwnLead }) {
  const t = useTranslations('leads.sent');
  const offers = useTranslations('offer');
  const locale = useLocale();
  const { words, withPhone, sentAt, answer, contacts } = lead;
  return (
    <section
      aria-label={t('label')}
      className="grid w-full max-w-text gap-3 rounded-card border border-line bg-surface p-5 text-sm"
    >
      <p>
        {t.rich(withPhone ? 'whatPhone' : 'what', {
          name: () => <OwnWords>{shop}</OwnWords>,
          day: formatDay(locale, new Date(sentAt)),
        })}
      </p>
      {words ? (
        <blockquote className="whitespace-pre-line border-s-2 border-line ps-3 text-muted">
          <OwnWords>{words}</OwnWords>
        </blockquote>
      ) : null}
      {answer ? (
        <div className="grid gap-2 rounded-control bg-primary-soft p-4">
          <p className="font-semibold">{t('answer', { day: formatDay(locale, new Date(answer.at)) })}</p>
          <p className="whitespace-pre-line">
            <OwnWords>{answer.text}</OwnWords>
          </p>
        </div>
      ) : (
        <p className="text-muted">{t('waits')}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {contacts.map((contact) => {
          const href = contactAddress(contact, t('first'));
          return (
            <a
              key={href}
              href={href}
              {...(contact.kind === 'phone' ? {} : { target: '_blank', rel: outwardRel })}
              className={buttonLook({ variant: 'secondary', size: 'sm' })}
            >
              {offers(`contact.${contact.kind}`)}
            </a>
          );
        })}
        <ConfirmDialog
          trigger={
            <Button variant="quiet" size="sm">
              {t('withdraw.action')}
            </Button>
          }
          title={t('withdraw.title')}
          text={t('withdraw.text', { shop })}
          cancel={t('withdraw.cancel')}
          confirm={t('withdraw.confirm')}
          work={() => callAction(withdrawLead, { conversionId })}
          done={t('withdraw.done')}
        />
      </div>
    </section>
  );
}
