import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '#components/ui/card.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import type { OwnBusiness } from '#lib/gallery/vendor/queries.ts';

type Step = { readonly name: 'handle' | 'words' | 'images' | 'album' | 'publish'; readonly href: string };

/** An address that nobody chose: the database gives one to every new vendor. */
const unchosen = /^g[0-9a-f]{12}$/;

/** What is still missing until visitors find a gallery worth looking at, in the order one would do it. */
export function missingSteps(
  business: OwnBusiness,
  figures: GalleryFigures,
  albums: readonly AlbumView[],
): Step[] {
  const steps: (Step & { isDone: boolean })[] = [
    { name: 'images', href: '/vendor/images', isDone: figures.images > 0 },
    { name: 'album', href: '/vendor/albums', isDone: albums.length > 0 },
    {
      name: 'publish',
      href: '/vendor/albums',
      isDone: albums.some((album) => album.isPublic && album.imageCount > album.hiddenCount),
    },
    { name: 'handle', href: '/vendor/profile', isDone: !unchosen.test(business.handle) },
    { name: 'words', href: '/vendor/profile', isDone: business.bio !== '' },
  ];
  return steps.flatMap(({ isDone, ...step }) => (isDone ? [] : [step]));
}

export function NextSteps({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations('vendorHome.steps');
  return (
    <Card aria-labelledby="next-steps" className="grid gap-3">
      <h2 id="next-steps" className="text-lg font-semibold">
        {t('title')}
      </h2>
      <ol className="grid">
        {steps.map(({ name, href }) => (
          <li key={name} className="border-t border-line first:border-0">
            <Link href={href} className="flex min-h-14 items-center gap-4 py-2.5 hover:text-primary">
              <span className="grid min-w-0 grow gap-0.5">
                <span className="font-semibold">{t(`${name}.title`)}</span>
                <span className="text-sm text-muted">{t(`${name}.text`)}</span>
              </span>
              <ArrowRight aria-hidden="true" className="size-5 shrink-0 text-muted rtl:-scale-x-100" />
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
