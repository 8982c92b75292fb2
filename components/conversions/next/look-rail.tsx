'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState, useTransition } from 'react';
import { Picture, type Shown } from '#components/files/picture.tsx';
import { callAction, mayBeDone } from '#components/ui/action/call-action.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { requestConversions } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure } from '#lib/core/result.ts';

/** A look that the same photo can be made in. */
export type NextLook = {
  readonly look: { readonly style: string } | { readonly reference: string };
  readonly title: string;
  readonly picture: Shown;
};

type Props = {
  photoId: string;
  rails: readonly { readonly title: string; readonly looks: readonly NextLook[] }[];
  /** How many conversions are left. */
  left: number;
};

const keyOf = ({ look }: NextLook) => ('style' in look ? look.style : look.reference);
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The same photo in another look, one press each, and what that takes. Needs `conversions` and `auth`. */
export function LookRails({ photoId, rails, left }: Props) {
  const t = useTranslations('conversions.next');
  const router = useRouter();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  // What was perhaps granted is asked for again under its own key, and is charged once.
  const keys = useRef(new Map<string, string>());

  const make = (next: NextLook) => {
    if (isBusy) return;
    const name = keyOf(next);
    setChosen(name);
    setFailure(null);
    start(async () => {
      const requestKey = keys.current.get(name) ?? newKey();
      keys.current.set(name, requestKey);
      const answer = await callAction(requestConversions, { imageIds: [photoId], requestKey, ...next.look });
      if (!answer.ok) {
        if (!mayBeDone(answer)) keys.current.delete(name);
        setFailure(answer);
        return;
      }
      keys.current.delete(name);
      router.push(`/conversions/${answer.value.ids[0] ?? ''}`);
    });
  };

  return (
    <section aria-labelledby="next-looks" className="mx-auto grid w-full max-w-desk gap-4 pt-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="next-looks" className="text-lg font-extrabold">
          {t('title')}
        </h2>
        <p className="text-sm text-muted">{t('costs', { left })}</p>
      </div>
      {left === 0 ? (
        <ButtonLink variant="secondary" href="/plans" className="justify-self-start">
          {t('plans')}
        </ButtonLink>
      ) : null}
      <FormFailure failure={failure} />
      {rails.map(({ title, looks }) => (
        <section key={title} aria-label={title} className="grid min-w-0 gap-2">
          <h3 className="text-sm font-semibold">
            <OwnWords>{title}</OwnWords>
          </h3>
          <ul className="rail -mx-1 gap-3 px-1 py-1">
            {looks.map((next) => {
              const isChosen = isBusy && chosen === keyOf(next);
              return (
                <li key={keyOf(next)} className="w-24 shrink-0 snap-start sm:w-28">
                  <button
                    type="button"
                    disabled={left === 0}
                    aria-busy={isChosen || undefined}
                    onClick={() => make(next)}
                    className="group grid w-full gap-1.5 rounded-control disabled:opacity-55"
                  >
                    <span className="relative block aspect-square overflow-hidden rounded-control bg-sunken">
                      <Picture
                        image={next.picture}
                        alt=""
                        sizes="112px"
                        className="size-full object-cover transition-transform duration-quick group-hover:scale-103"
                      />
                      {isChosen ? (
                        <span className="absolute inset-0 grid place-content-center bg-scrim text-on-primary">
                          <Spinner />
                        </span>
                      ) : null}
                    </span>
                    <span className="truncate text-center text-xs text-muted group-hover:text-ink">
                      <OwnWords>{next.title}</OwnWords>
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </section>
  );
}
