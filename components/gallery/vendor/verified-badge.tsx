import { BadgeCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';

/** An administrator has made sure that the business is what it says. */
export function VerifiedBadge() {
  const t = useTranslations('vendorProfile');
  return (
    <Badge tone="primary">
      <BadgeCheck aria-hidden="true" />
      {t('verified')}
    </Badge>
  );
}
