import { useLocale, useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { showPhone } from '#lib/core/phone.ts';
import { outwardRel } from '#lib/gallery/vendor/profile.ts';
import type { ReceivedLead } from '#lib/sharing/lead/view.ts';
import { AnswerForm, AwayButton } from './answer-form.tsx';

/** What was sent to a shop, newest first. Needs `leads` and `looks`. */
export function ReceivedList({ leads }: { leads: readonly ReceivedLead[] }) {
  return (
    <ul className="grid gap-4">
      {leads.map((lead) => (
        <Received key={lead.id} lead={lead} />
      ))}
    </ul>
  );
}

function Received({ lead }: { lead: ReceivedLead }) {
  const t = useTranslations('leads.received');
  const kinds = useTranslations('looks.kind');
  const locale = useLocale();
  const { id, image, kind, title, words, phone, sentAt, answer, isAway } = lead;
  const look = title ?? kinds(kind);
  const moment = (at: string) =>
    t('at', { day: formatDay(locale, new Date(at)), time: formatTime(locale, new Date(at)) });
  return (
    <li className="grid gap-5 rounded-card border border-line bg-surface p-5 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <a href={image.url} className="block self-start overflow-hidden rounded-control">
        <Picture
          image={toShown(image)}
          alt={t('alt', { look })}
          sizes="(min-width: 40rem) 224px, 90vw"
          className="h-auto w-full"
        />
      </a>
      <div className="grid content-start gap-3">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <strong>
            <OwnWords>{look}</OwnWords>
          </strong>
          <span className="text-sm text-muted">{moment(sentAt)}</span>
        </p>
        {words ? (
          <blockquote className="whitespace-pre-line border-s-2 border-line ps-3">
            <OwnWords>{words}</OwnWords>
          </blockquote>
        ) : (
          <p className="text-sm text-muted">{t('noWords')}</p>
        )}
        {phone ? (
          <p className="flex flex-wrap items-center gap-2 text-sm">
            {t.rich('phone', { phone: () => <bdi dir="ltr">{showPhone(phone, locale)}</bdi> })}
            <a href={`tel:${phone}`} className={buttonLook({ variant: 'secondary', size: 'sm' })}>
              {t('call')}
            </a>
            <a
              href={`https://wa.me/${phone.replace('+', '')}`}
              target="_blank"
              rel={outwardRel}
              className={buttonLook({ variant: 'secondary', size: 'sm' })}
            >
              {t('whatsapp')}
            </a>
          </p>
        ) : (
          <p className="text-sm text-muted">{t('noPhone')}</p>
        )}
        {answer ? (
          <div className="grid gap-1 rounded-control bg-sunken p-4 text-sm">
            <p className="text-muted">{t('answered', { at: moment(answer.at) })}</p>
            <p className="whitespace-pre-line">
              <OwnWords>{answer.text}</OwnWords>
            </p>
          </div>
        ) : (
          <AnswerForm id={id} />
        )}
        <AwayButton id={id} isAway={isAway} />
      </div>
    </li>
  );
}
