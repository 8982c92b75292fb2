import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

/** Rows and columns; on a narrow screen the table scrolls inside itself, never the page. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-line bg-surface"
    >
      <table className="w-full border-collapse text-start text-sm tabular">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

/** A column's heading. */
export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        'border-b border-line px-5 py-3 text-start font-semibold whitespace-nowrap text-muted',
        className,
      )}
    />
  );
}

/** A cell. */
export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      {...rest}
      className={clsx('border-b border-line px-5 py-3.5 [tr:last-child>&]:border-0', className)}
    />
  );
}
