import { clsx } from 'clsx';

/** The eight-point star as one thin line: the only ornament of the house. */
export function Khatam({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true" fill="none" className={clsx('text-line', className)}>
      <g stroke="currentColor" strokeWidth="1">
        <path vectorEffect="non-scaling-stroke" d="M30 30h140v140H30z" />
        <path vectorEffect="non-scaling-stroke" d="M100 1l99 99-99 99-99-99z" />
        <path vectorEffect="non-scaling-stroke" d="M59 59h82v82H59z" />
        <path vectorEffect="non-scaling-stroke" d="M100 42l58 58-58 58-58-58z" />
      </g>
    </svg>
  );
}
