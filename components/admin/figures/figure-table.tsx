import { useFormatter, useTranslations } from 'next-intl';
import { Table, Td, Th } from '#components/ui/table.tsx';

type FigureRow = {
  readonly key: string;
  readonly title: string;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
};

type Props = { caption: string; heading: string; rows: readonly FigureRow[] };

/** How each of several did: how often, how fast, and how often it came to nothing. */
export function FigureTable({ caption, heading, rows }: Props) {
  const t = useTranslations('admin.conversions');
  const format = useFormatter();
  if (rows.length === 0) return <p className="text-sm text-muted">{t('noStyles')}</p>;
  const seconds = (ms: number | null) =>
    ms === null ? '–' : t('seconds', { seconds: format.number(ms / 1000, { maximumFractionDigits: 2 }) });
  return (
    <Table caption={caption} stacks="pairs">
      <thead>
        <tr>
          <Th>{heading}</Th>
          <Th>{t('count')}</Th>
          <Th>{t('median')}</Th>
          <Th>{t('p95')}</Th>
          <Th>{t('failureRate')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, title, total, completed, failed, medianMs, p95Ms }) => (
          <tr key={key}>
            <Td className="font-semibold whitespace-nowrap">{title}</Td>
            <Td label={t('count')} place="end">
              {format.number(total)}
            </Td>
            <Td label={t('median')} className="whitespace-nowrap">
              {seconds(medianMs)}
            </Td>
            <Td label={t('p95')} place="end" className="whitespace-nowrap">
              {seconds(p95Ms)}
            </Td>
            <Td label={t('failureRate')} place="wide">
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
