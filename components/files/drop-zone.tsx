'use client';

import { clsx } from 'clsx';
import { Camera, ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import { buttonLook } from '#components/ui/button.tsx';
import { pictureTypes } from '#lib/files/policy.ts';

const accept = pictureTypes.join(',');
/** Whatever this browser opens is made a JPEG here; names, because some phones declare no type for them. */
const anyKind = 'image/*,.heic,.heif,.avif,.jfif';

type Props = {
  onFiles: (files: File[]) => void;
  /** Somebody begins to look for a file. */
  onLook?: (() => void) | undefined;
  /** Files are held over the page now. */
  isOver: boolean;
  texts: { hint: string; hintTouch: string; dropHere: string; choose: string; formats: string };
  multiple?: boolean;
  camera?: boolean;
  /** What is brought is decoded here, so that it may be of any kind this browser opens. */
  anyPicture?: boolean;
  children?: ReactNode;
};

/** Where pictures are dropped, chosen, or made with a phone's camera. */
export function DropZone(props: Props) {
  const {
    onFiles,
    onLook,
    isOver,
    texts,
    multiple = false,
    camera = false,
    anyPicture = false,
    children,
  } = props;
  const t = useTranslations('files');
  const id = useId();
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it failed.
    event.target.value = '';
    onFiles(files);
  };
  const input = {
    type: 'file',
    accept: anyPicture ? anyKind : accept,
    onChange: choose,
    onClick: onLook,
    className: 'peer sr-only',
  } as const;
  // A file that was chosen before the page ran has told nobody.
  const chosen = useRef<HTMLInputElement>(null);
  const takeEarly = useEffectEvent(() => {
    const files = [...(chosen.current?.files ?? [])];
    if (files.length === 0 || !chosen.current) return;
    chosen.current.value = '';
    onFiles(files);
  });
  useEffect(() => takeEarly(), []);
  return (
    <div
      className={clsx(
        'grid min-h-56 place-content-center justify-items-center gap-4 rounded-card border-2 border-dashed p-6 text-center [@media(max-height:42rem)]:gap-2.5 [@media(max-height:42rem)]:p-4',
        'transition-colors duration-quick ease-out',
        isOver ? 'border-primary bg-primary-soft' : 'border-field bg-surface',
      )}
    >
      <ImageUp aria-hidden="true" className="size-10 text-primary [@media(max-height:42rem)]:hidden" />
      <p className="font-semibold pointer-coarse:hidden">{isOver ? texts.dropHere : texts.hint}</p>
      <p className="hidden font-semibold pointer-coarse:block">{texts.hintTouch}</p>
      <div className="flex flex-wrap justify-center gap-3 [@media(max-height:42rem)]:gap-2">
        <div>
          <input
            {...input}
            ref={chosen}
            id={`${id}-file`}
            name="file"
            multiple={multiple}
            aria-describedby={`${id}-formats`}
          />
          <label htmlFor={`${id}-file`} className={clsx(buttonLook(), lowPhone, focusOfInput)}>
            {texts.choose}
          </label>
        </div>
        {camera ? (
          <div className="hidden pointer-coarse:block">
            <input {...input} id={`${id}-camera`} capture="user" />
            <label
              htmlFor={`${id}-camera`}
              className={clsx(buttonLook({ variant: 'secondary' }), lowPhone, focusOfInput)}
            >
              <Camera aria-hidden="true" className="[@media(max-height:42rem)]:hidden" />
              {t('camera')}
            </label>
          </div>
        ) : null}
      </div>
      <p id={`${id}-formats`} className="text-sm text-muted">
        {texts.formats}
      </p>
      {children}
    </div>
  );
}

/** Both buttons stand in one row where there is no height for two. */
const lowPhone = '[@media(max-height:42rem)]:px-3';

/** The input is hidden from sight, so its label shows the focus. */
const focusOfInput =
  'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary';
