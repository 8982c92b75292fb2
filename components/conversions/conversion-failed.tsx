import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';
import { ChargeLedger } from './charge-ledger.tsx';
import { RetryButton } from './retry-button.tsx';

/** What the same photo in the same look would only meet again. */
const hopeless: readonly string[] = ['refused', 'input'];

/** A conversion that did not come about: why, what became of the charge, and the next step. */
export function ConversionFailed({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions');
  const { source, failureCode, chargeReturned, id, style } = conversion;
  const code = failureCode ?? 'internal';
  const canRetry = source !== null && !hopeless.includes(code);
  return (
    <div className="mx-auto grid w-full max-w-text gap-6">
      <Alert tone={code === 'cancelled' ? 'information' : 'danger'} title={t(`failure.${code}`)}>
        {chargeReturned ? t('chargeReturned') : null}
      </Alert>
      {source ? (
        <Picture
          image={toShown(source)}
          alt={t('sourceAlt')}
          sizes="(min-width: 48rem) 420px, 100vw"
          first
          className="h-auto max-h-[36dvh] w-auto max-w-full justify-self-center rounded-card"
        />
      ) : null}
      <ChargeLedger conversion={conversion} />
      {canRetry ? <RetryButton id={id} /> : null}
      <div className="flex flex-col gap-3 sm:flex-row sm:justify-center">
        <ButtonLink
          variant={canRetry ? 'secondary' : 'primary'}
          href={source ? `/studio?again=${id}${style === 'reference' ? '' : `&style=${style}`}` : '/studio'}
        >
          {t('otherStyle')}
        </ButtonLink>
        <ButtonLink variant="secondary" href="/conversions">
          {t('toHistory')}
        </ButtonLink>
      </div>
    </div>
  );
}
