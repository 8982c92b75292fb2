import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import { languageOf } from '#components/ui/own-words.tsx';
import { type ImageView, srcSetOf } from '#lib/files/image/view.ts';
import { averageColour, blurredPreview } from './placeholder.ts';

/** A picture with the sizes it is stored in. */
export type Shown = {
  src: string;
  srcSet?: string;
  /** The same sizes as AVIF, for browsers that know it; once they have been made. */
  avifSrcSet?: string | undefined;
  width: number;
  height: number;
  thumbhash?: string;
};

/** A stored image as `Picture` takes it. */
export function toShown(image: ImageView): Shown {
  const { url, width, height, thumbhash } = image;
  return {
    src: url,
    srcSet: srcSetOf(image),
    avifSrcSet: image.hasAvif ? srcSetOf(image, 'a') : undefined,
    width,
    height,
    thumbhash,
  };
}

type Props = {
  image: Shown;
  alt: string;
  /** How wide it stands on the page, as in HTML: `(min-width: 64rem) 50vw, 100vw`. */
  sizes: string;
  /** The one picture that a page is about: loaded before all others. One a page, or none of them is. */
  first?: boolean;
  /** On the screen from the beginning like that one: loaded at once; `last` when it lies under it, after all that is seen. */
  early?: boolean | 'last';
  /** In lists a single colour stands in for the picture; alone, a blurred preview. */
  placeholder?: 'blur' | 'colour';
  className?: string;
};

/** A picture in the right size, its place kept and tinted until it arrives. */
export function Picture({
  image,
  alt,
  sizes,
  first = false,
  early = first,
  placeholder = 'colour',
  className,
}: Props) {
  const { src, srcSet, avifSrcSet, width, height, thumbhash } = image;
  const style: CSSProperties = {};
  if (thumbhash && placeholder === 'colour') style.backgroundColor = averageColour(thumbhash);
  if (thumbhash && placeholder === 'blur') style.backgroundImage = `url(${blurredPreview(thumbhash)})`;
  const picture = (
    // biome-ignore lint/performance/noImgElement: pictures are stored in the sizes we show
    <img
      src={src}
      srcSet={srcSet}
      sizes={srcSet ? sizes : undefined}
      width={width}
      height={height}
      alt={alt}
      lang={languageOf(alt)}
      loading={early ? 'eager' : 'lazy'}
      fetchPriority={first ? 'high' : early === 'last' ? 'low' : undefined}
      decoding="async"
      draggable={false}
      style={style}
      className={clsx('bg-sunken bg-cover', className)}
    />
  );
  if (!avifSrcSet) return picture;
  return (
    // Without a box of its own: the page lays out the image inside.
    <picture className="contents">
      {/* Browsers give it a box: in a grid it would take the first place, and the image the next. */}
      <source type="image/avif" srcSet={avifSrcSet} sizes={sizes} className="hidden" />
      {picture}
    </picture>
  );
}
