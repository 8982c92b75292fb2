import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { agreeNumber, askNumber, finishNumber, withdrawNumber } from '#lib/admin/actions.ts';
import type { NumberChange } from '#lib/admin/number/store.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { Section } from '../shell/section.tsx';

type Props = { kind: AccountKind; id: string; number: NumberChange | null };

/** Another number for an owner who lost theirs: asked for, agreed to by another one, waited for, done. */
export function NumberSection({ kind, id, number }: Props) {
  const t = useTranslations('admin.number');
  const input = { kind, id };
  return (
    <Section title={t('title')} lead={t('lead')}>
      {number ? (
        <Alert
          tone="warning"
          title={t(number.state === 'asked' ? 'asked' : number.isDue ? 'due' : 'waits')}
          action={
            <span className="flex flex-wrap gap-2">
              {number.state === 'asked' ? (
                <ActionDialog act="agreeNumber" action={agreeNumber} input={input} size="sm" />
              ) : null}
              {number.isDue ? (
                <ActionDialog act="finishNumber" action={finishNumber} input={input} size="sm" />
              ) : null}
              <ActionDialog act="withdrawNumber" action={withdrawNumber} input={input} size="sm" />
            </span>
          }
        >
          <PhoneNumber phone={number.toPhone} /> · <Moment at={number.waitsUntil ?? number.createdAt} />
        </Alert>
      ) : (
        <div>
          <ActionDialog
            act="askNumber"
            action={askNumber}
            input={input}
            size="sm"
            fields={[{ name: 'phone', label: t('phone'), dir: 'ltr' }]}
          />
        </div>
      )}
    </Section>
  );
}
