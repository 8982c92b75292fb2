import { clsx } from 'clsx';

/** The mark's eight-point frame, turning: for waits of a second or two. Longer ones get words. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      className={clsx('size-5 animate-turn', className)}
    >
      <path
        d="M12 2.5l2.8 2.8h4v4L21.5 12l-2.7 2.8v4h-4L12 21.5l-2.8-2.7h-4v-4L2.5 12l2.7-2.7v-4h4z"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeDasharray="40 26"
        strokeLinecap="round"
      />
    </svg>
  );
}
