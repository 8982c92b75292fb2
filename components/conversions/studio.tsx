'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import type { ShownTerms } from '#components/files/photo-terms-line.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { requestConversions } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PhotoPage } from '#lib/files/list-photos.ts';
import type { ImageView } from '#lib/files/view.ts';
import { StudioBar } from './studio-bar.tsx';
import { StudioPhoto } from './studio-photo.tsx';
import { type StyleOption, StylePicker } from './style-picker.tsx';

/** What is left to convert, and out of how many. */
export type StudioQuota = { left: number; of: number; isPaid: boolean };

type Props = {
  styles: readonly StyleOption[];
  quota: StudioQuota;
  /** Photos of earlier days, newest first. */
  earlier: PhotoPage;
  terms: ShownTerms;
  initial: { photo: ImageView | null; style: string | null };
};

/** What stands in the way: a code of the server, or one of the two choices that is still missing. */
type Problem = { kind: 'photo' | 'style' } | { kind: 'refused'; code: string };

/** One calm page: the photo, the styles, one button. */
export function Studio({ styles, quota, earlier, terms, initial }: Props) {
  const t = useTranslations('studio');
  const router = useRouter();
  const [photo, setPhoto] = useState(initial.photo);
  const [style, setStyle] = useState(initial.style);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, startSending] = useTransition();
  const chosen = styles.find(({ name }) => name === style);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    if (!photo) return setProblem({ kind: 'photo' });
    if (!style) return setProblem({ kind: 'style' });
    setProblem(null);
    startSending(async () => {
      const answer = await requestConversions({ imageIds: [photo.id], style });
      if (answer.ok) {
        router.push(`/conversions/${answer.value.ids[0]}`);
        // The header's quota, too.
        return router.refresh();
      }
      setProblem({ kind: 'refused', code: answer.code });
      // The quota may have been spent in another tab.
      if (answer.code === 'quota.exceeded') router.refresh();
    });
  };

  return (
    <form
      onSubmit={submit}
      className="flex min-w-0 grow flex-col gap-5 lg:grid lg:min-h-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,29rem)] lg:gap-10"
    >
      <div className="min-w-0 lg:min-h-0">
        <StudioPhoto
          photo={photo}
          earlier={earlier}
          terms={terms}
          onChange={(next) => {
            setPhoto(next);
            setProblem(null);
          }}
        />
      </div>
      <div className="flex min-w-0 grow flex-col gap-4 lg:min-h-0">
        <p id="style-hint" className="line-clamp-1 min-h-7 text-sm lg:line-clamp-2">
          {chosen ? (
            <>
              <span className="font-semibold">{chosen.title}</span>
              <span className="text-muted"> · {chosen.description}</span>
            </>
          ) : (
            <span className="text-muted">{t('chooseStyle')}</span>
          )}
        </p>
        <StylePicker
          options={styles}
          chosen={style}
          onChoose={(name) => {
            setStyle(name);
            setProblem(null);
          }}
          legend={t('styles')}
          describedBy="style-hint"
        />
        <div className="sticky bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 mt-auto grid gap-3 md:bottom-0">
          {problem ? <StudioProblem problem={problem} /> : null}
          <StudioBar quota={quota} busy={sending} />
        </div>
      </div>
    </form>
  );
}

function StudioProblem({ problem }: { problem: Problem }) {
  const t = useTranslations('studio');
  const errors = useTranslations('errors');
  if (problem.kind !== 'refused') {
    return (
      <Alert tone="warning" live>
        {t(`missing.${problem.kind}`)}
      </Alert>
    );
  }
  return (
    <Alert tone="danger" live>
      {errors.has(problem.code) ? errors(problem.code) : errors('internal')}
    </Alert>
  );
}
