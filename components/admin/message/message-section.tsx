import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { TryRow } from '#lib/notifications/sms/try-store.ts';
import { Moment } from '../moment.tsx';
import { Section } from '../shell/section.tsx';

const tones = {
  sent: 'success',
  retry: 'warning',
  refuse: 'danger',
  elsewhere: 'warning',
  misconfigured: 'danger',
  held: 'warning',
} as const;

/** What became of the text messages to a number, for somebody whose code did not come. */
export function MessageSection({ messages }: { messages: readonly TryRow[] }) {
  const t = useTranslations('admin.messages');
  return (
    <Section title={t('title')} lead={t('lead')}>
      {messages.length === 0 ? (
        <p className="text-sm text-muted">{t('none')}</p>
      ) : (
        <>
          {messages[0] ? (
            <p data-next={messages[0].outcome} className="max-w-text text-sm">
              {t(`next.${messages[0].outcome}`)}
            </p>
          ) : null}
          <Table caption={t('title')} stacks="pairs">
            <thead>
              <tr>
                <Th>{t('when')}</Th>
                <Th>{t('about')}</Th>
                <Th>{t('channel')}</Th>
                <Th>{t('outcome')}</Th>
                <Th>{t('answer')}</Th>
              </tr>
            </thead>
            <tbody>
              {messages.map(({ id, triedAt, about, provider, outcome, detail }) => (
                <tr key={String(id)} data-message={outcome}>
                  <Td>
                    <Moment at={triedAt} />
                  </Td>
                  <Td place="end">{t(`abouts.${about}`)}</Td>
                  <Td label={t('channel')}>{provider ? <bdi dir="ltr">{provider}</bdi> : t('nobody')}</Td>
                  <Td place="end">
                    <Badge tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</Badge>
                  </Td>
                  <Td label={t('answer')} place="wide">
                    <bdi dir="ltr" className="text-xs">
                      {detail}
                    </bdi>
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </Section>
  );
}
