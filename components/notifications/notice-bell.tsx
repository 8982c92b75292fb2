import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';

type Props = { unread: number; href: '/notices' | '/vendor/notices' };

/** The way to what one was told, with how much of it is new. */
export function NoticeBell({ unread, href }: Props) {
  const t = useTranslations('notices');
  return (
    <Link
      href={href}
      aria-label={t('bell', { count: unread })}
      className="relative inline-flex size-11 shrink-0 items-center justify-center rounded-control text-ink hover:bg-sunken"
    >
      <Bell aria-hidden="true" className="size-5" />
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="absolute end-0.5 top-0.5 grid h-4.5 min-w-4.5 place-content-center rounded-full bg-saffron px-1 pt-0.5 text-xs leading-none font-semibold text-on-saffron ring-2 ring-background tabular-nums"
        >
          {t('count', { count: Math.min(unread, 99) })}
        </span>
      ) : null}
    </Link>
  );
}
