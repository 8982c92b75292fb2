import { useTranslations } from 'next-intl';
import { buttonLook } from '#components/ui/button.tsx';
import { messengerAddress, messengers } from './picture/messengers.ts';

/** A link for each messenger, as a plain address: nothing of theirs is loaded, and they learn of it when one presses it. */
export function MessengerLinks({ url, text }: { url: string; text: string }) {
  const t = useTranslations('sharing.messengers');
  return (
    <ul aria-label={t('label')} className="flex flex-wrap gap-2">
      {messengers.map((messenger) => (
        <li key={messenger}>
          <a
            href={messengerAddress(messenger, url, text)}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonLook({ variant: 'secondary', size: 'sm' })}
          >
            {t(messenger)}
          </a>
        </li>
      ))}
    </ul>
  );
}
