import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';
import { ChargeLedger } from './charge-ledger.tsx';

/** A finished conversion without its picture: taken down after a look, or lost. */
export function ConversionGone({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions');
  const { id, source, moderation } = conversion;
  const why = moderation === 'refused' ? 'refusedLater' : 'gone';
  return (
    <div className="mx-auto grid w-full max-w-text gap-6">
      <Alert tone="warning" title={t(`${why}.title`)}>
        {t(`${why}.text`)}
      </Alert>
      <ChargeLedger conversion={conversion} />
      <ButtonLink href={source ? `/studio?again=${id}` : '/studio'} className="justify-self-center">
        {t('otherStyle')}
      </ButtonLink>
    </div>
  );
}
