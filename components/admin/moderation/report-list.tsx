import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { decideReport } from '#lib/admin/actions.ts';
import { type ReportRow, reportReasons } from '#lib/admin/report/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { BlurredPicture } from '../blurred-picture.tsx';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';
import { useRefusalField } from './refusal-field.ts';

/** What visitors said about images, oldest first, until somebody decides. */
export function ReportList({ reports }: { reports: readonly ReportRow[] }) {
  const t = useTranslations('admin.moderation');
  const refusal = useRefusalField();
  if (reports.length === 0) return <p className="text-sm text-muted">{t('noReports')}</p>;
  return (
    <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {reports.map((report) => {
        const reason = reportReasons.find((one) => one === report.reason) ?? 'other';
        return (
          <li
            key={report.id}
            className="grid min-w-0 content-start gap-3 rounded-card border border-line bg-surface p-4"
          >
            {report.imageId && report.thumbUrl ? (
              <BlurredPicture
                src={`/api/admin/images/${report.imageId}`}
                alt={t('pictureOf', { name: report.imageTitle ?? '' })}
              />
            ) : (
              <p className="rounded-control bg-sunken p-6 text-center text-sm text-muted">
                {t(report.about === 'vendor' ? 'wholeShop' : 'notPublic')}
              </p>
            )}
            <div className="grid gap-1 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <Badge tone="warning">{t(`why.${reason}`)}</Badge>
                {report.isPublic === false ? <Badge>{t('hidden')}</Badge> : null}
                {report.alike > 1 ? <Badge>{t('alike', { count: report.alike })}</Badge> : null}
              </p>
              {report.note ? (
                <p className="break-words">
                  <OwnWords>{report.note}</OwnWords>
                </p>
              ) : null}
              <p className="text-muted">
                <PlaceLink
                  href={`/admin/vendors/${report.vendorId}`}
                  className="text-lapis underline underline-offset-4"
                >
                  <OwnWords>{report.vendorName}</OwnWords>
                </PlaceLink>{' '}
                · <Moment at={report.createdAt} />
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              {report.about === 'vendor' ? (
                <ActionDialog
                  act="closeReport"
                  action={decideReport}
                  input={{ id: report.id, decision: 'kept' }}
                  size="sm"
                />
              ) : (
                <>
                  <ActionDialog
                    act="keep"
                    action={decideReport}
                    input={{ id: report.id, decision: 'kept' }}
                    size="sm"
                  />
                  <ActionDialog
                    act="remove"
                    action={decideReport}
                    input={{ id: report.id, decision: 'removed' }}
                    fields={[{ ...refusal, value: reason }]}
                    size="sm"
                    variant="danger"
                  />
                </>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
