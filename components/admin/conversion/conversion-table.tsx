import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { rerunConversion } from '#lib/admin/actions.ts';
import type { AnyConversionRow } from '#lib/admin/conversion/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';
import { useStyleTitle } from '../style-title.ts';

export const conversionTones = {
  pending: 'information',
  processing: 'information',
  completed: 'success',
  failed: 'danger',
} as const;

/** Conversions of anybody, without their pictures. */
export function ConversionTable({
  conversions,
  hasOwner = true,
}: {
  conversions: readonly AnyConversionRow[];
  hasOwner?: boolean;
}) {
  const t = useTranslations('admin.conversions');
  const format = useFormatter();
  const titleOf = useStyleTitle();
  if (conversions.length === 0) {
    return hasOwner ? (
      <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
    ) : (
      <p className="text-sm text-muted">{t('noneOfAccount')}</p>
    );
  }
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('when')}</Th>
          {hasOwner ? <Th>{t('who')}</Th> : null}
          <Th>{t('style')}</Th>
          <Th>{t('state')}</Th>
          <Th>{t('took')}</Th>
          <HeardTh>{t('act')}</HeardTh>
        </tr>
      </thead>
      <tbody>
        {conversions.map((one) => {
          const code = one.failureCode;
          return (
            <tr key={one.id}>
              <Td>
                <PlaceLink href={`/admin/conversions/${one.id}`} isMain>
                  <Moment at={one.createdAt} />
                </PlaceLink>
              </Td>
              {hasOwner ? (
                <Td place="end">
                  <PlaceLink href={`/admin/users/${one.userId}`}>
                    <PhoneNumber phone={one.phone} />
                  </PlaceLink>
                </Td>
              ) : null}
              <Td place={hasOwner ? undefined : 'end'} className="whitespace-nowrap">
                {titleOf(one.style)}
              </Td>
              <Td place={hasOwner ? 'end' : undefined}>
                <Badge tone={conversionTones[one.status as keyof typeof conversionTones] ?? 'neutral'}>
                  {t(`status.${one.status as keyof typeof conversionTones}`)}
                </Badge>
                {code ? <span className="ms-2 text-xs text-muted">{t(`code.${code}`)}</span> : null}
                {one.isReturned ? <span className="block text-xs text-muted">{t('returned')}</span> : null}
              </Td>
              <Td
                label={one.processingMs === null ? undefined : t('took')}
                place={one.processingMs === null ? 'away' : hasOwner ? undefined : 'end'}
                className="whitespace-nowrap"
              >
                {one.processingMs === null
                  ? '–'
                  : t('seconds', {
                      seconds: format.number(one.processingMs / 1000, { maximumFractionDigits: 1 }),
                    })}
              </Td>
              <Td place="wide">
                {one.status === 'failed' && one.failureCode !== 'cancelled' ? (
                  <ActionDialog
                    act="rerun"
                    action={rerunConversion}
                    input={{ id: one.id }}
                    about={titleOf(one.style)}
                    size="sm"
                    variant="quiet"
                  />
                ) : null}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
