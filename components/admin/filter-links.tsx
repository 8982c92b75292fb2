import { clsx } from 'clsx';
import { Link } from '#lib/core/i18n/navigation.ts';

type Choice = { href: string; label: string; isHere: boolean };

/** A few ways to look at one list, each with its address. */
export function FilterLinks({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-2">
      {choices.map(({ href, label: text, isHere }) => (
        <Link
          key={href}
          href={href}
          aria-current={isHere ? 'page' : undefined}
          className={clsx(
            'inline-flex h-9 items-center rounded-full border px-4 text-sm transition-colors duration-quick',
            isHere
              ? 'border-primary bg-primary-soft font-semibold text-primary'
              : 'border-line bg-surface text-muted hover:text-ink',
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
