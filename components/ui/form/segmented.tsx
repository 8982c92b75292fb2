import type { ReactNode } from 'react';

type Option = { value: string; label: ReactNode };
type Props = {
  name: string;
  legend: string;
  options: readonly Option[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
};

/** A few choices side by side: plain radio buttons, so arrows, forms and screen readers just work. */
export function Segmented({ name, legend, options, value, defaultValue, onChange }: Props) {
  return (
    <fieldset className="inline-flex max-w-full rounded-control border border-line bg-sunken p-1">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative grid min-h-9 grow place-content-center rounded-[7px] px-4 text-sm text-muted transition-colors duration-quick hover:text-ink emphasised-checked has-checked:bg-raised has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-primary"
        >
          <input
            type="radio"
            className="absolute inset-0 size-full cursor-pointer opacity-0"
            name={name}
            value={option.value}
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value })}
            onChange={onChange ? () => onChange(option.value) : undefined}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
