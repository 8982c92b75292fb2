'use client';

import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { updateBusiness } from '#lib/gallery/vendor/actions.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';
import type { OwnBusiness } from '#lib/gallery/vendor/queries.ts';
import { businessFields } from './business-fields.ts';
import { useGuess } from './library/use-guess.ts';
import { useGalleryAction } from './use-gallery-action.ts';

/**
 * What the business is, asked once, where pictures come in: by it we know what people try on with them. The pictures that
 * are here already are looked at again; those of which somebody has said it stay. Needs `vendorProfile`.
 */
export function KindQuestion({ business, images }: { business: OwnBusiness; images: readonly OwnImage[] }) {
  const t = useTranslations('vendorProfile');
  const { isBusy, act } = useGalleryAction();
  const guess = useGuess();
  const refresh = useSafeRefresh();
  if (business.kind) return null;
  const answer = async (kind: (typeof businessKinds)[number]) => {
    const fields = { ...businessFields(business), kind };
    const saved = await act(() => callAction(updateBusiness, fields), t('ask.saved'));
    if (saved && (await guess(kind, images)) > 0) refresh();
  };
  return (
    <Card aria-labelledby="kind-question" className="grid gap-3">
      <div className="grid gap-1">
        <h2 id="kind-question" className="font-semibold">
          {t('ask.title')}
        </h2>
        <p className="text-sm text-muted">{t('ask.text')}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {businessKinds.map((kind) => (
          <Button key={kind} size="sm" variant="secondary" busy={isBusy} onClick={() => void answer(kind)}>
            {t(`kinds.${kind}`)}
          </Button>
        ))}
      </div>
    </Card>
  );
}
