import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What a field's input must carry to be tied to its label, hint and error. */
export type FieldControl = {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

/** Ties an input to its words. Ids come from `id`, so two forms on one page give different ones. */
export function fieldControl(id: string, name: string, hint?: ReactNode, error?: ReactNode): FieldControl {
  const described = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(' ');
  return {
    id,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? true : undefined,
  };
}

type Props = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Small text at the end of the label's line: "optional", a link. */
  aside?: ReactNode;
  /** What the field shows says enough; the label is for those who listen. */
  labelIsHidden?: boolean;
  children: ReactNode;
};

/** A label, an input, a hint and an error, in the order they are read. */
export function Field({ id, label, hint, error, aside, labelIsHidden = false, children }: Props) {
  return (
    <div className="grid content-start gap-1.5">
      <div className={labelIsHidden ? 'sr-only' : 'flex items-baseline justify-between gap-4'}>
        <label htmlFor={id} className="text-sm font-semibold">
          {label}
        </label>
        {aside ? <span className="text-xs text-muted">{aside}</span> : null}
      </div>
      {children}
      {/* There from the start, so that what comes into it is read also while the focus stays in the field. */}
      <div aria-live="polite" className="-mt-1.5">
        {error ? (
          <p id={`${id}-error`} className="mt-1.5 flex animate-fade items-start gap-1.5 text-sm text-danger">
            <CircleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
            <span>{error}</span>
          </p>
        ) : null}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
