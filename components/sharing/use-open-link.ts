import { useRef } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { usualLinkLife } from '#lib/sharing/policy.ts';
import { createResultLink } from '#lib/sharing/result-link/actions.ts';

/** The link that goes with a picture: the one that is open to everybody, or a new one, made when it is first wanted. */
export function useOpenLink(conversionId: string, openPath: string | null) {
  const router = useRouter();
  const made = useRef<string | null>(null);
  return {
    /** Its path; null when none could be made, and the picture goes alone. */
    get: async (): Promise<string | null> => {
      const known = openPath ?? made.current;
      if (known) return known;
      const answer = await callAction(createResultLink, { conversionId, days: usualLinkLife, password: '' });
      if (!answer.ok) return null;
      made.current = answer.value.path;
      router.refresh();
      return answer.value.path;
    },
  };
}
