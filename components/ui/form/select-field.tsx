import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { Field, fieldControl } from './field.tsx';

type Props = Omit<ComponentProps<'select'>, 'children'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  labelIsHidden?: boolean;
  options: readonly { value: string; label: string }[];
};

/** A labelled choice of one among several: the browser's own list, at home on every phone. */
export function SelectField({ label, hint, error, labelIsHidden, options, className, ...select }: Props) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error} labelIsHidden={labelIsHidden ?? false}>
      <div className="relative">
        <select
          {...select}
          {...fieldControl(id, select.name, hint, error)}
          className={clsx(
            'h-12 w-full appearance-none rounded-control border border-field bg-surface ps-4 pe-11 text-base text-ink',
            'transition-colors duration-quick hover:border-ink aria-invalid:border-danger',
            className,
          )}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 end-3.5 my-auto size-5 text-muted"
        />
      </div>
    </Field>
  );
}
