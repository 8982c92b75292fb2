import { clsx } from 'clsx';

/** How far a piece of work is, 0 to 1; without a value it only says that it goes on. */
export function Progress({ value, label }: { value?: number | undefined; label: string }) {
  const known = value !== undefined;
  const percent = known ? Math.round(Math.min(1, Math.max(0, value)) * 100) : undefined;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line forced-colors:border"
    >
      <div
        className={clsx(
          'emphasised h-full rounded-full bg-primary transition-[width] duration-calm ease-out',
          !known && 'w-full animate-breathe',
        )}
        style={known ? { width: `${percent}%` } : undefined}
      />
    </div>
  );
}
