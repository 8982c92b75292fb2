'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Choice } from '#components/ui/form/choice.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { NoticeSwitch } from '#lib/account/notice-switches.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';

type Props = { kind: AccountKind; switches: readonly NoticeSwitch[]; action: Action<unknown> };

/** The topics of notices, each with a switch. */
export function NoticeSwitches({ kind, switches, action }: Props) {
  const t = useTranslations('account.notices');
  return (
    <div className="grid gap-4">
      {switches.map((one) => (
        <OneSwitch key={one.topic} kind={kind} start={one} action={action} />
      ))}
      <p className="text-sm text-muted">{t('always')}</p>
    </div>
  );
}

/** What was chosen shows at once and goes back when it could not be kept. */
function OneSwitch({
  kind,
  start,
  action,
}: {
  kind: AccountKind;
  start: NoticeSwitch;
  action: Action<unknown>;
}) {
  const t = useTranslations('account.notices');
  const errors = useTranslations('errors');
  const [isOn, setIsOn] = useState(start.isOn);
  const [saving, startSaving] = useTransition();
  const { topic } = start;

  const choose = (next: boolean) => {
    setIsOn(next);
    startSaving(async () => {
      const saved = await callAction(action, { topic, isOn: next });
      if (saved.ok) return toast('success', t(next ? 'on' : 'off'));
      setIsOn(!next);
      toast('danger', errors(saved.code));
    });
  };

  return (
    <Choice
      name={`notices-${topic}`}
      role="switch"
      checked={isOn}
      disabled={saving}
      note={t(`topics.${topic}.note.${kind}`)}
      onChange={(event) => choose(event.target.checked)}
    >
      {t(`topics.${topic}.label`)}
    </Choice>
  );
}
