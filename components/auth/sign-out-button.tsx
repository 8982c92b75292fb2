'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicResult } from '#lib/core/result.ts';

type Props = { action: (input: unknown) => Promise<PublicResult<unknown>>; goTo: string };

/** Ends the session in this browser. */
export function SignOutButton({ action, goTo }: Props) {
  const t = useTranslations('auth');
  const router = useRouter();
  const [isLeaving, startLeaving] = useTransition();
  return (
    <Button
      variant="secondary"
      busy={isLeaving}
      onClick={() =>
        startLeaving(async () => {
          await action({});
          router.push(goTo);
        })
      }
    >
      {t('signOut')}
    </Button>
  );
}
