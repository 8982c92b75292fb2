import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { setGateway } from '#lib/admin/books/actions.ts';
import type { GatewayRow } from '#lib/admin/gateway/store.ts';
import { maxPayableRials, minPayableRials } from '#lib/payments/policy.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';

const toman = (rials: bigint | number) => String(BigInt(rials) / 10n);

/** The gateways that are set up, in the order in which they are asked, and how each answers. */
export function GatewaySection({ gateways }: { gateways: readonly GatewayRow[] }) {
  const t = useTranslations('admin.gateways');
  const names = useTranslations('admin.books.gateways');
  const format = useFormatter();
  return (
    <Section title={t('title')}>
      <Table caption={t('title')} stacks="pairs">
        <thead>
          <tr>
            <Th>{t('name')}</Th>
            <Th>{t('amounts')}</Th>
            <Th>{t('pending')}</Th>
            <Th>{t('lastSuccess')}</Th>
            <Th>{t('state')}</Th>
            <Th>{t('act')}</Th>
          </tr>
        </thead>
        <tbody>
          {gateways.map(({ gateway, terms, pending, lastSuccessAt, isDown }, index) => {
            const { leastRials = minPayableRials, mostRials = maxPayableRials, isOpen = true } = terms ?? {};
            return (
              <tr key={gateway} data-gateway={gateway}>
                <Td>{names(gateway)}</Td>
                <Td label={t('amounts')}>
                  {t.rich('between', {
                    least: () => <Toman rials={BigInt(leastRials)} />,
                    most: () => <Toman rials={BigInt(mostRials)} />,
                  })}
                </Td>
                <Td label={t('pending')}>{format.number(pending)}</Td>
                <Td label={t('lastSuccess')} place="end">
                  <Moment at={lastSuccessAt} />
                </Td>
                <Td>
                  <Badge tone={isOpen && !isDown ? 'success' : 'warning'}>
                    {t(isOpen ? (isDown ? 'down' : 'open') : 'closed')}
                  </Badge>
                </Td>
                <Td place="wide">
                  <ActionDialog
                    act="setGateway"
                    action={setGateway}
                    input={{ gateway }}
                    about={names(gateway)}
                    size="sm"
                    fields={[
                      {
                        name: 'position',
                        label: t('position'),
                        value: String(terms?.position ?? index + 1),
                        dir: 'ltr',
                      },
                      { name: 'leastToman', label: t('least'), value: toman(leastRials), dir: 'ltr' },
                      { name: 'mostToman', label: t('most'), value: toman(mostRials), dir: 'ltr' },
                      {
                        name: 'isOpen',
                        label: t('takesNew'),
                        value: String(isOpen),
                        options: [
                          { value: 'true', label: t('open') },
                          { value: 'false', label: t('closed') },
                        ],
                      },
                    ]}
                  />
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Section>
  );
}
