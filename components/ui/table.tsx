import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';

/** How a row looks where its columns have no room: its cells below one another, so many beside each other. */
const stacked = {
  // Columns narrower than their text would lie over each other: there it may be broken.
  pairs:
    '@max-3xl/stack:[&_tr]:grid @max-3xl/stack:[&_tr]:grid-cols-[minmax(min-content,1fr)_fit-content(60%)] @max-3xl/stack:[&_td]:whitespace-normal',
  threes:
    '@max-3xl/stack:[&_tr]:grid @max-3xl/stack:[&_tr]:grid-cols-[repeat(3,minmax(min-content,1fr))] @max-3xl/stack:[&_td]:whitespace-normal',
  // As many as find room: for cells that cannot be broken.
  flow: '@max-3xl/stack:[&_tr]:flex @max-3xl/stack:[&_tr]:flex-wrap',
} as const;

const stackedTable = [
  '@max-3xl/stack:block @max-3xl/stack:[&_thead]:hidden @max-3xl/stack:[&_tbody]:block',
  '@max-3xl/stack:[&_tr]:items-start @max-3xl/stack:[&_tr]:gap-x-4 @max-3xl/stack:[&_tr]:gap-y-1.5',
  '@max-3xl/stack:[&_tr]:border-b @max-3xl/stack:[&_tr]:border-line @max-3xl/stack:[&_tr]:p-4',
  '@max-3xl/stack:[&_tr:last-child]:border-0',
  // A day and its time may stand below each other there.
  '@max-3xl/stack:[&_time]:whitespace-normal',
];

type TableProps = {
  caption: string;
  /** On a narrow screen each row becomes a small card; without it the table scrolls inside itself, never the page. */
  stacks?: keyof typeof stacked;
  children: ReactNode;
};

/** Rows and columns. */
export function Table({ caption, stacks, children }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={clsx(
        'overflow-x-auto rounded-card border border-line bg-surface',
        stacks && '@container/stack',
      )}
    >
      <table
        className={clsx(
          'w-full border-collapse text-start text-sm tabular',
          stacks && [stackedTable, stacked[stacks]],
        )}
      >
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

/** The heading of a column of buttons, heard alone. Outside the page's flow it would leave the table that scrolls. */
export function HeardTh({ children }: { children: ReactNode }) {
  return (
    <Th className="relative">
      <span className="sr-only">{children}</span>
    </Th>
  );
}

/** What leads from a cell to another page; the main one of its row stands out. */
export function TableLink({ isMain, ...link }: ComponentProps<typeof Link> & { isMain?: boolean }) {
  return (
    <Link
      {...link}
      className={clsx(
        'text-lapis underline-offset-4 hover:underline',
        isMain && 'font-semibold',
        link.className,
      )}
    />
  );
}

/** Where a cell of a stacked row goes: the whole line, its end, or nowhere. */
const places = {
  wide: '@max-3xl/stack:col-span-full @max-3xl/stack:basis-full',
  end: '@max-3xl/stack:ms-auto @max-3xl/stack:justify-self-end @max-3xl/stack:text-end',
  away: '@max-3xl/stack:hidden',
} as const;

type TdProps = ComponentProps<'td'> & {
  /** What the cell is, said before it where the column's heading is not shown; numbers of both stay apart. */
  label?: string;
  place?: keyof typeof places;
};

/** A cell. */
export function Td({ className, label, place, children, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      className={clsx(
        'border-b border-line px-5 py-3.5 [tr:last-child>&]:border-0',
        '@max-3xl/stack:border-0 @max-3xl/stack:p-0',
        place && places[place],
        className,
      )}
    >
      {label ? <span className="me-1.5 hidden text-muted @max-3xl/stack:inline-block">{label}</span> : null}
      {children}
    </td>
  );
}
