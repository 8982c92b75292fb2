import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';

type Props = { payments: boolean; sms: boolean };

/** One thin line that names what is only played here, so that nobody takes a trial for the real thing. */
export function SimulatedBanner({ payments, sms }: Props) {
  const t = useTranslations('shell.simulated');
  if (!payments && !sms) return null;
  const what = payments && sms ? 'both' : payments ? 'payments' : 'sms';
  return (
    <aside aria-label={t('label')} className="bg-sunken px-3 py-1.5 text-center text-xs text-muted">
      {t(what)}
      {sms ? (
        <Link href="/dev/outbox" className="ms-2 text-lapis underline underline-offset-4">
          {t('outbox')}
        </Link>
      ) : null}
    </aside>
  );
}
