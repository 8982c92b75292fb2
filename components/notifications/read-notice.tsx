'use client';

import { useEffect } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

/** What the page is about comes before the count on the bell: on a slow line they would share it. */
async function untilPictureIsThere(): Promise<void> {
  const picture = document.querySelector<HTMLImageElement>('main img[fetchpriority=high]');
  if (!picture || picture.complete) return;
  await new Promise((resolve) => {
    picture.addEventListener('load', resolve, { once: true });
    picture.addEventListener('error', resolve, { once: true });
  });
}

type Props = {
  /** The conversion, or the payment, that is on the screen. */
  about: string;
  action: Action<{ read: number }>;
};

/** Says that what is on the screen was seen, so that its notice is no news any more. */
export function ReadNotice({ about, action }: Props) {
  const router = useRouter();
  useEffect(() => {
    let isLeft = false;
    void callAction(action, { id: about }, { isUnasked: true }).then(async (answer) => {
      if (!answer.ok || answer.value.read === 0) return;
      await untilPictureIsThere();
      // The bell counts what is left.
      if (!isLeft) router.refresh();
    });
    return () => {
      isLeft = true;
    };
  }, [about, action, router]);
  return null;
}
