import type { ReactNode } from 'react';

/** Names and what they are, in two columns. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-2 text-sm max-sm:[&_time]:whitespace-normal sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-x-6">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere min-w-0 tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
