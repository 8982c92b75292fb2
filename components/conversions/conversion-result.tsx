import { Download, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';
import type { ImageView } from '#lib/files/view.ts';
import { BeforeAfter } from './before-after.tsx';

type Props = { conversion: ConversionView & { result: ImageView }; title: string };

/** A finished conversion: the two pictures as large as the screen allows, and what one may do next. */
export function ConversionResult({ conversion, title }: Props) {
  const t = useTranslations('conversions');
  const { source, result, id, style } = conversion;
  const ratio = result.width / result.height;
  const fill = 'size-full object-cover';
  const sizes = '(min-width: 75rem) 1120px, 100vw';
  const after = (
    <Picture
      image={toShown(result)}
      alt={t('resultAlt', { style: title })}
      sizes={sizes}
      first
      placeholder="blur"
      className={fill}
    />
  );
  return (
    <div className="grid justify-items-center gap-6">
      {/* Never taller than what the header and the buttons leave of the screen. */}
      <div
        className="w-full"
        style={{ maxWidth: `max(16rem, calc((100dvh - 19rem) * ${ratio.toFixed(4)}))` }}
      >
        {source ? (
          <BeforeAfter
            ratio={ratio}
            words={{ before: t('slider.before'), after: t('slider.after'), slider: t('slider.label') }}
            before={
              <Picture
                image={toShown(source)}
                alt={t('sourceAlt')}
                sizes={sizes}
                first
                placeholder="blur"
                className={fill}
              />
            }
            after={after}
          />
        ) : (
          <div className="overflow-hidden rounded-card" style={{ aspectRatio: ratio }}>
            {after}
          </div>
        )}
      </div>
      <div className="flex w-full flex-col justify-center gap-3 sm:flex-row">
        <a href={`${result.url}?download=${encodeURIComponent(style)}`} download className={buttonLook()}>
          <Download aria-hidden="true" />
          {t('download')}
        </a>
        <ButtonLink variant="secondary" href={`/studio?again=${id}`}>
          <RotateCcw aria-hidden="true" />
          {t('again')}
        </ButtonLink>
      </div>
    </div>
  );
}
