import { Ban, Copy, Eye, EyeOff, Hourglass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { OwnImage } from '#lib/gallery/library/view.ts';

/** What people try on with an image, who sees it, what an administrator said of it, and whether it is there twice: each a sign and a word. */
export function ImageState({ image }: { image: OwnImage }) {
  const t = useTranslations('library.gallery');
  const kinds = useTranslations('looks.kind');
  const { isPublic, moderation, twins, look } = image;
  const [Icon, word, tone] =
    moderation === 'refused'
      ? ([Ban, t('refused'), 'text-danger'] as const)
      : moderation === 'waiting'
        ? ([Hourglass, t('waiting'), 'text-warning'] as const)
        : isPublic
          ? ([Eye, t('public'), 'text-muted'] as const)
          : ([EyeOff, t('private'), 'text-muted'] as const);
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-xs [&_svg]:size-4 [&_svg]:shrink-0">
      <span className="truncate">{kinds(look.kind)}</span>
      <span className={`inline-flex min-w-0 items-center gap-1 ${tone}`}>
        <Icon aria-hidden="true" />
        <span className="truncate">{word}</span>
      </span>
      {twins > 0 ? (
        <span className="inline-flex items-center gap-1 text-warning">
          <Copy aria-hidden="true" />
          {t('twin', { count: twins })}
        </span>
      ) : null}
    </p>
  );
}
