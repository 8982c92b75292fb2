import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';

/** A conversion that did not come about: why, what became of the charge, and the next step. */
export function ConversionFailed({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions');
  const { source, failureCode, chargeReturned, id } = conversion;
  return (
    <div className="grid gap-6">
      <Alert
        tone={failureCode === 'cancelled' ? 'information' : 'danger'}
        title={t(`failure.${failureCode ?? 'internal'}`)}
      >
        {chargeReturned ? t('chargeReturned') : null}
      </Alert>
      {source ? (
        <Picture
          image={toShown(source)}
          alt={t('sourceAlt')}
          sizes="(min-width: 48rem) 420px, 100vw"
          first
          className="h-auto max-h-[50dvh] w-auto max-w-full justify-self-center rounded-card"
        />
      ) : null}
      <div className="flex flex-col gap-3 sm:flex-row sm:justify-center">
        <ButtonLink href={source ? `/studio?again=${id}&style=${conversion.style}` : '/studio'}>
          {t('tryAgain')}
        </ButtonLink>
        <ButtonLink variant="secondary" href="/conversions">
          {t('toHistory')}
        </ButtonLink>
      </div>
    </div>
  );
}
