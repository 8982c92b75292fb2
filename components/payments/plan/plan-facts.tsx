import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';

type Props = { name: string; term: 'free' | 'month' | 'pack'; conversions: number; images: number };

/** What a plan gives, line by line. */
export function PlanFacts({ name, term, conversions, images }: Props) {
  const t = useTranslations('plans.facts');
  const facts = [
    // The free conversions are given once, not every month; so are a business's free photos.
    name === 'free' ? t('freeOnce') : null,
    term === 'month' && conversions > 0 ? t('conversions', { count: conversions }) : null,
    images > 0 && term !== 'pack'
      ? t(name === 'vendor_free' ? 'imagesOnce' : 'images', { count: images })
      : null,
    term === 'pack' && conversions > 0 ? t('packConversions', { count: conversions }) : null,
    term === 'pack' && images > 0 ? t('packImages', { count: images }) : null,
  ].filter((fact) => fact !== null);
  return (
    <ul className="grid gap-2.5 text-sm">
      {facts.map((fact) => (
        <li key={fact} className="flex gap-2.5">
          <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
          {fact}
        </li>
      ))}
    </ul>
  );
}
