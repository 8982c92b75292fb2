import { getTranslations } from 'next-intl/server';
import { toShown } from '#components/files/picture.tsx';
import { sampleOf } from '#components/styles/sample.ts';
import { getOtherLooks } from '#lib/conversions/queries.ts';
import type { ConversionView } from '#lib/conversions/view.ts';
import { getQuotaView } from '#lib/quota/queries.ts';
import { styles } from '#lib/styles/catalogue.ts';
import { LookRails } from './look-rail.tsx';

/** Under a result: what else the same photo can be made in, first the looks of the shop it was made in, if it was. */
export async function NextLooks({ conversion }: { conversion: ConversionView }) {
  const { source, style, credit } = conversion;
  if (!source) return null;
  const [t, titles, kinds, quota, others] = await Promise.all([
    getTranslations('conversions.next'),
    getTranslations('styles'),
    getTranslations('looks.kind'),
    getQuotaView(),
    getOtherLooks(conversion),
  ]);
  const ofShop = others.map(({ image, title, look }) => ({
    look: { reference: image.id },
    title: title ?? kinds(look.kind),
    picture: toShown(image),
  }));
  const presets = styles
    .filter(({ name }) => name !== style)
    .map(({ name }) => ({ look: { style: name }, title: titles(`${name}.title`), picture: sampleOf(name) }));
  return (
    <LookRails
      photoId={source.id}
      left={quota?.totalRemaining ?? 0}
      rails={[
        ...(ofShop.length > 0
          ? [{ title: t('shop', { name: credit?.shop?.name ?? '' }), looks: ofShop }]
          : []),
        { title: t('styles'), looks: presets },
      ]}
    />
  );
}
