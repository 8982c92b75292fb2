'use client';

import { useTranslations } from 'next-intl';
import { useSignOut } from '#components/auth/use-sign-out.ts';
import { Button } from '#components/ui/button.tsx';
import type { AccountKind } from '#lib/core/actor.ts';

/** Signs out and leads to signing in with another account. */
export function SwitchAccount({ kind, to }: { kind: AccountKind; to: string }) {
  const t = useTranslations('billing.elsewhere');
  const { isLeaving, leave } = useSignOut(kind, to);
  return (
    <Button onClick={leave} busy={isLeaving}>
      {t('switch')}
    </Button>
  );
}
