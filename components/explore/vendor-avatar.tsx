import { clsx } from 'clsx';

/** A vendor's picture of themselves; without one, the first letter of their name. */
export function VendorAvatar({
  url,
  name,
  className,
}: {
  url: string | null;
  name: string;
  className: string;
}) {
  const look = clsx('shrink-0 rounded-full', className);
  if (!url) {
    return (
      <span
        aria-hidden="true"
        className={clsx(look, 'grid place-content-center bg-primary-soft font-semibold text-primary')}
      >
        {[...name.trim()][0] ?? ''}
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: pictures are stored in the sizes we show
    <img src={url} alt="" width={320} height={320} decoding="async" className={clsx(look, 'object-cover')} />
  );
}
