import { useFormatter, useTranslations } from 'next-intl';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { StyleFigureRow } from '#lib/admin/conversion-store.ts';
import { useStyleTitle } from './style-title.ts';

/** How each style did: how often, how fast, and how often it came to nothing. */
export function StyleFigures({ styles }: { styles: readonly StyleFigureRow[] }) {
  const t = useTranslations('admin.conversions');
  const format = useFormatter();
  const titleOf = useStyleTitle();
  if (styles.length === 0) return <p className="text-sm text-muted">{t('noStyles')}</p>;
  const seconds = (ms: number | null) =>
    ms === null ? '–' : t('seconds', { seconds: format.number(ms / 1000, { maximumFractionDigits: 2 }) });
  return (
    <Table caption={t('styles')}>
      <thead>
        <tr>
          <Th>{t('style')}</Th>
          <Th>{t('count')}</Th>
          <Th>{t('median')}</Th>
          <Th>{t('p95')}</Th>
          <Th>{t('failureRate')}</Th>
        </tr>
      </thead>
      <tbody>
        {styles.map(({ styleName, total, completed, failed, medianMs, p95Ms }) => (
          <tr key={styleName}>
            <Td className="font-semibold whitespace-nowrap">{titleOf(styleName)}</Td>
            <Td>{format.number(total)}</Td>
            <Td className="whitespace-nowrap">{seconds(medianMs)}</Td>
            <Td className="whitespace-nowrap">{seconds(p95Ms)}</Td>
            <Td>
              {completed + failed === 0
                ? '–'
                : format.number(failed / (completed + failed), {
                    style: 'percent',
                    maximumFractionDigits: 1,
                  })}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
