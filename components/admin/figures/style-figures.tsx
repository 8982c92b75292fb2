import { useTranslations } from 'next-intl';
import type { EngineFigureRow, StyleFigureRow } from '#lib/operations/figures/store.ts';
import { useStyleTitle } from '../style-title.ts';
import { FigureTable } from './figure-table.tsx';

/** How each style did. */
export function StyleFigures({ styles }: { styles: readonly StyleFigureRow[] }) {
  const t = useTranslations('admin.conversions');
  const titleOf = useStyleTitle();
  const rows = styles.map((style) => ({ ...style, key: style.styleName, title: titleOf(style.styleName) }));
  return <FigureTable caption={t('styles')} heading={t('style')} rows={rows} />;
}

/** How each engine did. Only what was its own doing counts as failed. */
export function EngineFigures({ engines }: { engines: readonly EngineFigureRow[] }) {
  const t = useTranslations('admin.conversions');
  const titleOf = (engine: string) =>
    t.has(`engineNames.${engine}` as 'engineNames.local')
      ? t(`engineNames.${engine}` as 'engineNames.local')
      : engine;
  const rows = engines.map((one) => ({ ...one, key: one.engine, title: titleOf(one.engine) }));
  return <FigureTable caption={t('engines')} heading={t('engine')} rows={rows} />;
}
