import { clsx } from 'clsx';

type Props = { value: number; max: number; label: string; text: string; quiet?: 'narrow' };

/** How much of something is left: the quota. Up to ten steps are drawn one by one, more as a bar. */
export function Meter({ value, max, label, text, quiet }: Props) {
  // Where little room is, many steps would push their neighbours off the screen.
  const mostSteps = quiet === 'narrow' ? 3 : 10;
  const steps = max > 0 && max <= mostSteps ? Array.from({ length: max }, (_, step) => step) : null;
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the native element cannot be drawn as steps
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="flex min-w-0 items-center gap-2.5 text-sm"
    >
      {steps ? (
        <span className="flex gap-1" aria-hidden="true">
          {steps.map((step) => (
            <span
              key={step}
              className={clsx(
                'size-3 rotate-45 rounded-[3px] border',
                step < value ? 'emphasised border-saffron bg-saffron' : 'border-field',
              )}
            />
          ))}
        </span>
      ) : (
        <span
          className={clsx(
            'h-2 overflow-hidden rounded-full bg-line forced-colors:border',
            quiet === 'narrow' ? 'w-9 lg:w-24' : 'w-24 min-w-6',
          )}
          aria-hidden="true"
        >
          <span
            className="emphasised block h-full rounded-full bg-primary"
            style={{ width: `${share * 100}%` }}
          />
        </span>
      )}
      <span className={clsx('whitespace-nowrap', quiet === 'narrow' && 'max-lg:sr-only')}>{text}</span>
    </div>
  );
}
