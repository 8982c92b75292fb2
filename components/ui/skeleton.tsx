import { clsx } from 'clsx';

/** Stands where something will come, in its size, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={clsx('block animate-breathe rounded-control bg-line', className)} />
  );
}
