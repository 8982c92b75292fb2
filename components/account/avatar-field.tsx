'use client';

import { CircleUser } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { callAction, isUnanswered, mayBeDone } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import type { Action } from '#lib/core/action.ts';

const side = 512;

/** The middle of a picture as a small square JPEG: nobody needs to send ten megabytes for a face. */
async function square(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const length = Math.min(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const [left, top] = [(bitmap.width - length) / 2, (bitmap.height - length) / 2];
  canvas.getContext('2d')?.drawImage(bitmap, left, top, length, length, 0, 0, side, side);
  bitmap.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.9),
  );
}

type Props = { url: string | null; change: Action<unknown>; remove: Action<unknown> };

/** The picture beside one's name: choose another, or take it away. */
export function AvatarField({ url, change, remove }: Props) {
  const t = useTranslations('account.avatar');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { isBusy, failure, run } = useOutcome();
  /** What was sent and not answered: nobody has to choose it again. */
  const [unsent, setUnsent] = useState<Blob | null>(null);
  const send = async (picture: Blob) => {
    const answer = await callAction(change, { picture });
    setUnsent(!answer.ok && (isUnanswered(answer) || mayBeDone(answer)) ? picture : null);
    return answer;
  };
  const choose = async (file: File) => {
    const picture = await square(file).catch(() => null);
    return picture ? send(picture) : ({ ok: false, code: 'file.notPicture' } as const);
  };
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-4">
        {url ? (
          // biome-ignore lint/performance/noImgElement: pictures are stored in the sizes we show
          <img
            src={url}
            alt={t('alt')}
            width={72}
            height={72}
            className="size-18 rounded-full object-cover"
          />
        ) : (
          <CircleUser aria-hidden="true" strokeWidth={1} className="size-18 text-field" />
        )}
        <div className="flex flex-wrap gap-2">
          <label htmlFor={id} className="sr-only">
            {t('choose')}
          </label>
          <input
            ref={input}
            id={id}
            name="file"
            type="file"
            tabIndex={-1}
            accept="image/jpeg,image/png,image/webp"
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) run(() => choose(file), t('changed'));
            }}
          />
          <Button variant="secondary" busy={isBusy} onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
          {url ? (
            <Button
              variant="quiet"
              busy={isBusy}
              onClick={() => run(() => callAction(remove, {}), t('removed'))}
            >
              {t('remove')}
            </Button>
          ) : null}
        </div>
      </div>
      <FormFailure failure={failure} />
      {failure && unsent ? (
        <Button
          variant="secondary"
          busy={isBusy}
          onClick={() => run(() => send(unsent), t('changed'))}
          className="justify-self-start"
        >
          {t('again')}
        </Button>
      ) : null}
    </div>
  );
}
