import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TextPage } from '#components/shell/text-page.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { type LegalBlock, type LegalPage, parseLegal } from '#lib/account/legal/policy.ts';
import { getLegalText, type LegalView } from '#lib/account/legal/queries.ts';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { builtInLegal } from './built-in.ts';

type Props = {
  page: LegalPage;
  locale: Locale;
  /** The version that the address names. */
  asked: number | null;
};

/** A page of law: the version in force, or the one that was asked for, and the way to the others. */
export async function LegalText({ page, locale, asked }: Props) {
  const [t, view, builtIn] = await Promise.all([
    getTranslations('pages.legal'),
    getLegalText(page, locale, asked),
    builtInLegal(page, locale),
  ]);
  const { shown, isInForce, coming } = view;
  const notice = !isInForce ? (
    <Notice title={t('notInForce')} href={`/${page}`} link={t('readInForce')} />
  ) : coming ? (
    <Notice
      title={t('coming', { day: formatDay(locale, coming.startsAt) })}
      href={`/${page}?version=${coming.version}`}
      link={t('readComing')}
    />
  ) : null;
  if (!shown) return <TextPage {...builtIn}>{notice}</TextPage>;
  const { version, startsAt, state, text } = shown;
  return (
    <main id="main" className="page py-12 md:py-20">
      <div className="max-w-text">
        <h1 className="text-2xl font-extrabold md:text-3xl">{builtIn.title}</h1>
        <p className="mt-2 text-sm text-muted">
          {t(`state.${state}`, { version, day: formatDay(locale, startsAt) })}
        </p>
        {notice}
        <div className="mt-4 grid gap-4">
          {numbered(parseLegal(text)).map(([key, block]) => (
            <Block key={key} block={block} />
          ))}
        </div>
        <Others page={page} locale={locale} view={view} />
      </div>
    </main>
  );
}

function Notice({ title, href, link }: { title: string; href: string; link: string }) {
  return (
    <div className="mt-6">
      <Alert tone="information" title={title}>
        <Link href={href} className="underline underline-offset-4">
          {link}
        </Link>
      </Alert>
    </div>
  );
}

/** The versions that have begun, besides the one that is shown. */
function Others({
  page,
  locale,
  view: { begun, shown },
}: {
  page: LegalPage;
  locale: Locale;
  view: LegalView;
}) {
  const t = useTranslations('pages.legal');
  const others = begun.filter(({ version }) => version !== shown?.version);
  if (others.length === 0) return null;
  return (
    <nav aria-label={t('versions')} className="mt-10 border-t border-line pt-4 text-sm">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {others.map(({ version, startsAt }) => (
          <li key={version}>
            <Link href={`/${page}?version=${version}`} className="text-lapis underline underline-offset-4">
              {t('versionOf', { version, day: formatDay(locale, startsAt) })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A text never changes under its page: the place of a block is its name. */
const numbered = <Item,>(items: readonly Item[]) =>
  items.map((item, place) => [String(place), item] as const);

function Block({ block }: { block: LegalBlock }): ReactNode {
  if (block.kind === 'heading') return <h2 className="mt-6 text-lg font-semibold">{block.text}</h2>;
  if (block.kind === 'paragraph') return <p>{block.text}</p>;
  return (
    <ul className="grid list-disc gap-1 ps-6">
      {numbered(block.items).map(([key, item]) => (
        <li key={key}>{item}</li>
      ))}
    </ul>
  );
}
