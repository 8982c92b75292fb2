'use client';

import { clsx } from 'clsx';
import {
  type ChangeEvent,
  type ComponentType,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { TryPanelProps } from '#components/studio/try-panel.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { useAnnouncement } from '#components/ui/overlay/use-announcement.ts';
import { Spinner } from '#components/ui/spinner.tsx';

type Props = Omit<TryPanelProps, 'files' | 'words'> & {
  words: TryPanelProps['words'] & { choose: string; opening: string };
  /** A real before and after, until a photo of one's own stands there. */
  sample: ReactNode;
  children: ReactNode;
};

const loadPanel = () => import('#components/studio/try-panel.tsx');
const loadEngine = async () => (await import('#components/studio/device/warm-engine.ts')).warmEngine();

/**
 * "Choose a photo", and the styles on it in the place of the sample. What paints them is fetched when somebody begins
 * to look for one; the photo goes nowhere.
 */
export function HeroTry({ words, sample, children, ...panel }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [Panel, setPanel] = useState<ComponentType<TryPanelProps> | null>(null);

  useAnnouncement(files.length > 0 && !Panel ? words.opening : null);

  const take = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    setFiles(chosen);
    void loadPanel().then(({ TryPanel }) => setPanel(() => TryPanel));
  };
  // What does not come now is sent for again with the photo.
  const look = () => void Promise.allSettled([loadPanel(), panel.isLocal ? loadEngine() : null]);
  // A file that was chosen before the page ran has told nobody.
  useEffect(() => {
    const early = [...(input.current?.files ?? [])];
    if (early.length > 0) input.current?.dispatchEvent(new Event('change', { bubbles: true }));
  }, []);

  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])];
    event.target.value = '';
    take(chosen);
  };
  return (
    <>
      <div>
        <input
          ref={input}
          id={id}
          type="file"
          name="file"
          multiple
          accept="image/*,.heic,.heif,.avif,.jfif"
          onChange={onChange}
          onClick={look}
          className="peer sr-only"
        />
        <label
          htmlFor={id}
          className={clsx(
            buttonLook({ size: 'lg', variant: files.length > 0 ? 'secondary' : 'primary' }),
            'cursor-pointer max-sm:w-full peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary',
          )}
        >
          {words.choose}
        </label>
        {children}
      </div>
      <div className="w-full min-w-0 md:col-start-2 md:row-span-2 md:row-start-1">
        {files.length === 0 ? (
          sample
        ) : Panel ? (
          <Panel {...panel} words={words} files={files} />
        ) : (
          <div className="grid aspect-square w-full place-content-center rounded-card bg-sunken text-muted">
            <Spinner />
          </div>
        )}
      </div>
    </>
  );
}
