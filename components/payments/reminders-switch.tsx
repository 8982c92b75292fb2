'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Choice } from '#components/ui/form/choice.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';

type Props = {
  wanted: boolean;
  action: Action<{ wanted: boolean }>;
};

/** Whether one is told that a plan ends. What was chosen shows at once and goes back when it could not be kept. */
export function RemindersSwitch({ wanted, action }: Props) {
  const t = useTranslations('billing.reminders');
  const errors = useTranslations('errors');
  const [isOn, setIsOn] = useState(wanted);
  const [saving, startSaving] = useTransition();

  const choose = (next: boolean) => {
    setIsOn(next);
    startSaving(async () => {
      const saved = await callAction(action, { wanted: next });
      if (saved.ok) return toast('success', saved.value.wanted ? t('on') : t('off'));
      setIsOn(!next);
      toast('danger', errors(saved.code));
    });
  };

  return (
    <Choice
      name="reminders"
      role="switch"
      checked={isOn}
      disabled={saving}
      note={t('note')}
      onChange={(event) => choose(event.target.checked)}
    >
      {t('label')}
    </Choice>
  );
}
