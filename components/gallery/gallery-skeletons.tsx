import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { imageGrid } from './library/image-grid.ts';

/** Says once, to those who listen, that something is coming; the shapes are for those who see. */
function Coming({ children, className }: { children: ReactNode; className?: string }) {
  const t = useTranslations('ui');
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t('loading')}</span>
      {children}
    </div>
  );
}

const places = (count: number) => Array.from({ length: count }, (_, place) => place);

/** Where the images of a library or an album will be. */
export function GridSkeleton() {
  return (
    <Coming>
      <div className={imageGrid}>
        {places(10).map((place) => (
          <div key={place} className="grid gap-3">
            <Skeleton className="aspect-square rounded-card" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        ))}
      </div>
    </Coming>
  );
}

/** Where cards below each other will be: albums, figures. */
export function CardsSkeleton() {
  return (
    <Coming className="grid gap-4">
      {places(4).map((place) => (
        <Skeleton key={place} className="h-28 rounded-card" />
      ))}
    </Coming>
  );
}

/** Where figures and their chart will be. */
export function ChartSkeleton() {
  return (
    <Coming className="grid gap-6">
      <div className="grid grid-cols-3 gap-3">
        {places(3).map((place) => (
          <Skeleton key={place} className="h-14" />
        ))}
      </div>
      <Skeleton className="h-64 rounded-card" />
    </Coming>
  );
}

/** Where a line of words will be. */
export function LineSkeleton() {
  return <Skeleton className="h-5 w-72 max-w-full" />;
}
