import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SaidWhenShown } from './overlay/said-when-shown.tsx';

const tones = {
  information: { icon: Info, look: 'bg-lapis-soft text-lapis' },
  success: { icon: CircleCheck, look: 'bg-success-soft text-success' },
  warning: { icon: TriangleAlert, look: 'bg-warning-soft text-warning' },
  danger: { icon: CircleAlert, look: 'bg-danger-soft text-danger' },
};

export type Tone = keyof typeof tones;

type Props = {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  /** Where height is short: beside a bar's button. */
  compact?: boolean;
};

/**
 * A message that stands in the page. Colour is never alone: there is an icon, and its meaning in words
 * for those who do not see it. `live` announces it when it appears after an action.
 */
export function Alert({ tone, title, children, action, live = false, compact = false }: Props) {
  const t = useTranslations('ui');
  const { icon: Icon, look } = tones[tone];
  return (
    <div
      role={live && tone === 'danger' ? 'alert' : undefined}
      className={clsx(
        'flex items-start rounded-control text-sm',
        compact ? 'gap-2 px-3 py-1.5 leading-snug' : 'gap-3 p-4',
        look,
      )}
    >
      <Icon aria-hidden="true" className={clsx('shrink-0', compact ? 'size-5' : 'mt-0.5 size-5')} />
      <div className="grid min-w-0 grow gap-1">
        <p className="font-semibold">
          <span className="sr-only">{t(tone)}: </span>
          {title ?? children}
        </p>
        {title && children ? <div className="text-ink">{children}</div> : null}
        {live && tone !== 'danger' ? <SaidWhenShown /> : null}
      </div>
      {action}
    </div>
  );
}
