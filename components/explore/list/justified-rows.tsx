import type { ComponentProps, CSSProperties } from 'react';

/** A panorama or a banner would fill a row alone or vanish in it. */
const [narrowest, widest] = [0.56, 2.2];

/**
 * How an image stands in even rows: as wide as its shape asks for, growing with its neighbours until the row is
 * full. All of it is known before a picture arrives, so nothing moves.
 */
export function rowItem({ width, height }: { width: number; height: number }) {
  const ratio = Math.min(widest, Math.max(narrowest, width / height));
  const style: CSSProperties = { flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio.toFixed(4)})` };
  const sizes = `(min-width: 48rem) ${Math.round(ratio * 260)}px, ${Math.min(100, Math.round(ratio * 32))}vw`;
  return { ratio, style, sizes };
}

/** Even rows of list items that `rowItem` shapes; one or two alone stand larger on a phone. */
export function JustifiedRows({ label, children, ...list }: ComponentProps<'ul'> & { label: string }) {
  return (
    <ul
      {...list}
      aria-label={label}
      className="flex flex-wrap gap-2.5 [--row:6.25rem] max-sm:[&:not(:has(>:nth-child(4)))]:[--row:10rem] sm:[--row:9rem] md:gap-4 md:[--row:14rem]"
    >
      {children}
      {/* Takes what is left of the last row, so that its pictures do not grow. */}
      <li aria-hidden="true" className="h-0 grow-[100]" />
    </ul>
  );
}
