'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { retryConversion } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure } from '#lib/core/result.ts';

/** Makes a failed conversion again, in one press. Needs the namespaces `conversions` and `auth`. */
export function RetryButton({ id }: { id: string }) {
  const t = useTranslations('conversions');
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const retry = () =>
    start(async () => {
      setFailure(null);
      const answer = await callAction(retryConversion, { id });
      if (!answer.ok) return setFailure(answer);
      router.push(`/conversions/${answer.value.id}`);
      router.refresh();
    });
  return (
    <div className="grid gap-3">
      <FormFailure failure={failure} />
      <Button busy={isBusy} onClick={retry}>
        {t('retry')}
      </Button>
      <p className="text-center text-sm text-muted">{t('retryCosts')}</p>
    </div>
  );
}
