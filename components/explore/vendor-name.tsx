import { BadgeCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';

/** A vendor's name, with the badge of those whose business we have checked. */
export function VendorName({ name, isVerified }: { name: string; isVerified: boolean }) {
  const t = useTranslations('gallery');
  return (
    <>
      <OwnWords>{name}</OwnWords>
      {isVerified ? (
        <>
          {' '}
          <BadgeCheck aria-hidden="true" className="inline size-[1em] align-[-0.12em] text-primary" />
          <span className="sr-only">{t('verified')}</span>
        </>
      ) : null}
    </>
  );
}
