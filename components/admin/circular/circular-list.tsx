import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { stopCircular } from '#lib/admin/circular/actions.ts';
import type { CircularRow } from '#lib/admin/circular/store.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';

const stateOf = ({ stoppedAt, finishedAt }: CircularRow) =>
  stoppedAt ? 'stopped' : finishedAt ? 'done' : 'open';

/** Whom a notice was for, in words; one account leads to its page. */
function Whom({ row: { audience, ownerKind, ownerId, city, shopKind } }: { row: CircularRow }) {
  const t = useTranslations('admin.circulars');
  const kinds = useTranslations('vendorProfile.kinds');
  if (audience !== 'one') {
    return (
      <>
        {t(`to.${audience}`)}
        {city ? <OwnWords className="block">{city}</OwnWords> : null}
        {shopKind ? <span className="block">{kinds(shopKind as BusinessKind)}</span> : null}
      </>
    );
  }
  return <PlaceLink href={`/admin/${ownerKind}s/${ownerId}`}>{t(`to.${ownerKind ?? 'user'}`)}</PlaceLink>;
}

/** What was said to whom, how many have it, and how to stop one that is under way. */
export function CircularList({ rows }: { rows: readonly CircularRow[] }) {
  const t = useTranslations('admin.circulars');
  const isFa = useLocale() === 'fa';
  if (rows.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t('sent')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('when')}</Th>
          <Th>{t('whom')}</Th>
          <Th>{t('what')}</Th>
          <Th>{t('state')}</Th>
          <Th>{t('told')}</Th>
          <HeardTh>{t('act')}</HeardTh>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const state = stateOf(row);
          return (
            <tr key={row.id} data-circular={row.id}>
              <Td>
                <Moment at={row.createdAt} />
              </Td>
              <Td place="end">
                <Whom row={row} />
              </Td>
              <Td place="wide" className="min-w-48">
                <OwnWords className="block font-semibold">{isFa ? row.titleFa : row.titleEn}</OwnWords>
                <OwnWords className="block text-sm text-muted">{isFa ? row.textFa : row.textEn}</OwnWords>
              </Td>
              <Td>
                <Badge tone={state === 'open' ? 'information' : state === 'done' ? 'success' : 'neutral'}>
                  {t(`states.${state}`)}
                </Badge>
              </Td>
              <Td label={t('told')} place="end">
                {t('counted', { count: Number(row.told) })}
              </Td>
              <Td place="wide">
                {state === 'open' ? (
                  <ActionDialog
                    act="stopCircular"
                    action={stopCircular}
                    input={{ id: row.id }}
                    about={<OwnWords>{isFa ? row.titleFa : row.titleEn}</OwnWords>}
                    size="sm"
                    variant="danger"
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
