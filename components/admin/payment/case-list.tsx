import { useFormatter, useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import { decideCase } from '#lib/admin/actions.ts';
import type { WaitingCase } from '#lib/files/review/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { BlurredPicture } from '../blurred-picture.tsx';
import { useRefusalField } from '../moderation/refusal-field.ts';
import { Moment } from '../moment.tsx';

/** Pictures that wait for a person's word, oldest first. They are blurred until one looks. */
export function CaseList({ cases }: { cases: readonly WaitingCase[] }) {
  const t = useTranslations('admin.moderation');
  const format = useFormatter();
  const refusal = useRefusalField();
  if (cases.length === 0) return <p className="text-sm text-muted">{t('noCases')}</p>;
  return (
    <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {cases.map(({ id, type, fileName, reason, scores, createdAt }) => (
        <li
          key={id}
          className="grid min-w-0 content-start gap-3 rounded-card border border-line bg-surface p-4"
        >
          <BlurredPicture src={`/api/admin/moderation/${id}`} alt={t('pictureOf', { name: fileName })} />
          <p className="min-w-0 text-sm">
            <span className="font-semibold">{t(`type.${type}`)}</span> · {t(`reason.${reason}`)}
            <OwnWords className="block w-fit max-w-full truncate text-muted">{fileName}</OwnWords>
            <span className="block text-xs text-muted">
              <Moment at={createdAt} />
              {Object.entries(scores).map(([name, score]) => (
                <span key={name} className="ms-3 inline-block">
                  <bdi dir="ltr">{name}</bdi> {format.number(score, { style: 'percent' })}
                </span>
              ))}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <ActionDialog act="accept" action={decideCase} input={{ id, decision: 'accepted' }} size="sm" />
            <ActionDialog
              act="refuse"
              action={decideCase}
              input={{ id, decision: 'refused' }}
              fields={[refusal]}
              size="sm"
              variant="danger"
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
