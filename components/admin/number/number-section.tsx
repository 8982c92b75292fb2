import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { agreeNumber, askNumber, finishNumber, withdrawNumber } from '#lib/admin/actions.ts';
import type { NumberChange } from '#lib/admin/number/store.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Facts } from '../facts.tsx';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { Section } from '../shell/section.tsx';

type Props = {
  kind: AccountKind;
  id: string;
  number: NumberChange | null;
  /** Who looks: nobody agrees to what they asked for. */
  adminId: string;
};

/** Another number for an owner who lost theirs: asked for, agreed to by another one, waited for, done. */
export function NumberSection({ kind, id, number, adminId }: Props) {
  const t = useTranslations('admin.number');
  const input = { kind, id };
  const isOwn = number?.askedBy === adminId;
  return (
    <Section title={t('title')} lead={t('lead')}>
      {number ? (
        <Alert
          tone="warning"
          title={t(number.state === 'asked' ? (isOwn ? 'own' : 'asked') : number.isDue ? 'due' : 'waits')}
          action={
            <span className="flex flex-wrap gap-2">
              {number.state === 'asked' && !isOwn ? (
                <ActionDialog act="agreeNumber" action={agreeNumber} input={input} size="sm" />
              ) : null}
              {number.isDue ? (
                <ActionDialog act="finishNumber" action={finishNumber} input={input} size="sm" />
              ) : null}
              <ActionDialog act="withdrawNumber" action={withdrawNumber} input={input} size="sm" />
            </span>
          }
        >
          <Facts
            rows={[
              [t('phone'), <PhoneNumber key="phone" phone={number.toPhone} />],
              [t('askedAt'), <Moment key="asked" at={number.createdAt} />],
              ...(number.askedByPhone
                ? [[t('askedBy'), <PhoneNumber key="by" phone={number.askedByPhone} />] as const]
                : []),
              ...(number.reason
                ? [[t('reason'), <OwnWords key="reason">{number.reason}</OwnWords>] as const]
                : []),
              ...(number.waitsUntil
                ? [[t('until'), <Moment key="until" at={number.waitsUntil} />] as const]
                : []),
            ]}
          />
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
