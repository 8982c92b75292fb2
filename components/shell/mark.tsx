import { clsx } from 'clsx';

/**
 * The mark: a photo's frame turned over itself into the khatam star, one half drawn, one half filled:
 * before and after. Decorative; the name stands beside it.
 */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" className={clsx('size-8', className)}>
      <path
        d="M16 2 11.9 6.1H6.1v5.8L2 16l4.1 4.1v5.8h5.8L16 30"
        className="stroke-ink"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M16 9a7 7 0 0 0 0 14" className="stroke-ink" strokeWidth="1.5" />
      <path
        d="M16 2l4.1 4.1h5.8v5.8L30 16l-4.1 4.1v5.8h-5.8L16 30v-7a7 7 0 0 0 0-14z"
        className="fill-primary"
      />
    </svg>
  );
}
