'use client';

import { useEffect, useRef, useState } from 'react';
import { sha256Of } from '#components/files/prepare-picture.ts';
import { type SendControls, type Sending, sendFile } from '#components/files/send-file.ts';
import { callAction, mayBeDone } from '#components/ui/action/call-action.ts';
import { newKey } from '#components/ui/action/new-key.ts';
import { requestConversions } from '#lib/conversions/actions.ts';
import type { PhotoCheck } from '#lib/conversions/photo-check/view.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import { findKeptPhoto } from '#lib/files/photo/actions.ts';
import type { Tap } from '#lib/gallery/look/kinds.ts';
import type { LookObstacle } from '#lib/styles/paint/looks/order.ts';
import {
  type Draft,
  type DraftPhoto,
  liveWish,
  nameOfLook,
  wantedCount,
  wantedLooks,
} from '../draft/draft.ts';
import { clearDraft, keepMade } from '../draft/keep-draft.ts';
import type { useFiles } from '../draft/use-files.ts';
import type { Problem, StudioQuota } from './bar-note.tsx';

/** Where the making of the pictures stands: which photo is on its way, and how far. */
export type Making =
  | { readonly phase: 'idle' | 'starting' }
  | { readonly phase: 'sending'; readonly at: number; readonly of: number; readonly sending: Sending };

type Options = {
  draft: Draft;
  change: (next: (now: Draft) => Draft) => void;
  files: ReturnType<typeof useFiles>;
  account: string | null;
  /** Null while nobody is signed in. */
  quota: StudioQuota | null;
  agreedTo: string;
  /** Whether anything can be made of a photo, where this device has seen it: else it is not sent. */
  isUseful: (key: string) => boolean | undefined;
  /** Why the look that stands large cannot be made of the photo that does, as this device has seen it. */
  obstacle: LookObstacle | null;
  /** What is shown of the first picture, for the page where it is waited for. */
  shownNow: () => Blob | null;
  /** How much of a look is asked for; undefined is all of it. */
  strengthOf: (look: string) => number | undefined;
  /** Opens the sheet for signing up; false when it could not be fetched. */
  onJoin: () => Promise<boolean>;
};

class Stopped extends Error {}

/**
 * "Make the picture": remembers the wish, asks for an account where there is none, sends what the server does not
 * have yet, and starts. Nothing leaves the device before this is pressed.
 */
export function useMake({
  draft,
  change,
  files,
  account,
  quota,
  agreedTo,
  isUseful,
  obstacle,
  shownNow,
  strengthOf,
  onJoin,
}: Options) {
  const router = useRouter();
  const [making, setMaking] = useState<Making>({ phase: 'idle' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const sender = useRef<SendControls | null>(null);
  const isBusy = making.phase !== 'idle';

  // What waits for the line goes on with it.
  useEffect(() => {
    const goOn = () => sender.current?.resume();
    window.addEventListener('online', goOn);
    return () => window.removeEventListener('online', goOn);
  }, []);

  /** Null when there is no way to go on; a photo that was refused is off the draft by then. */
  async function send(photo: DraftPhoto, at: number, of: number): Promise<ImageView | null> {
    const tell = (sending: Sending) => setMaking({ phase: 'sending', at, of, sending });
    tell({ phase: 'waiting' });
    const prepared = await files.prepare(photo.key);
    if (!prepared?.ok) return null;
    // An account without photos keeps none of these bytes.
    const digest =
      quota && quota.photosLeft === quota.photosOf ? null : await sha256Of(prepared.file).catch(() => null);
    if (digest) {
      const kept = await callAction(findKeptPhoto, { sha256: digest }, { isUnasked: true });
      if (kept.ok && kept.value) return kept.value;
    }
    return new Promise((resolve, reject) => {
      const controls = sendFile({
        route: 'photo',
        file: prepared.file,
        agreedTo,
        onChange: (sending) => {
          tell(sending);
          if (sending.phase === 'done') resolve(sending.image);
          if (sending.phase === 'cancelled') reject(new Stopped());
          // What may pass is offered again beside the bar; what will not ends here.
          if (sending.phase === 'failed' && !sending.canRetry) {
            setProblem({ kind: 'refused', code: sending.code });
            resolve(null);
          }
        },
      });
      sender.current = controls;
      controls.start();
    });
  }

  async function isUsable(image: ImageView): Promise<boolean> {
    const answer = await fetch(`/api/photo-check/${image.id}`).catch(() => null);
    return !answer?.ok || ((await answer.json()) as PhotoCheck).usable;
  }

  /** Nothing can be made of this photo: it stands large, and that is said. */
  function stopAt(at: number): void {
    change((now) => ({ ...now, shown: at, wish: null }));
    setProblem({ kind: 'unusable' });
  }

  async function run(key: string): Promise<void> {
    const ids: string[] = [];
    const photoTaps: Record<string, Tap[]> = {};
    const missing = draft.photos.filter(({ image }) => image === null).length;
    let sent = 0;
    for (const [at, photo] of draft.photos.entries()) {
      let { image } = photo;
      if (!image) {
        sent += 1;
        image = await send(photo, sent, missing);
        if (!image) return;
        const known = image;
        change((now) => ({
          ...now,
          photos: now.photos.map((one) => (one.key === photo.key ? { ...one, image: known } : one)),
        }));
        // The engine of this device has measured it as the server would.
        if (isUseful(photo.key) === undefined && !(await isUsable(image))) return stopAt(at);
      }
      if (!ids.includes(image.id)) ids.push(image.id);
      if (photo.taps?.length) photoTaps[image.id] = [...photo.taps];
    }
    setMaking({ phase: 'starting' });
    const looks = wantedLooks(draft).map((look) => {
      const shades = 'reference' in look ? draft.shades[look.reference] : undefined;
      const strength = strengthOf(nameOfLook(look));
      return { ...look, ...(shades ? { shades } : {}), ...(strength ? { strength } : {}) };
    });
    const asked = { imageIds: ids, looks, requestKey: key, photoTaps, agreedTo };
    const answer = await callAction(requestConversions, asked);
    if (!answer.ok) {
      // A wish that may have been heard keeps its key: sent again it is charged once. One that only lacks a plan waits.
      if (!mayBeDone(answer) && answer.code !== 'quota.exceeded') change((now) => ({ ...now, wish: null }));
      setProblem({ kind: 'refused', code: answer.code });
      // The quota may have been spent in another tab.
      if (answer.code === 'quota.exceeded') router.refresh();
      return;
    }
    const made = answer.value.ids;
    const [only] = made.length === 1 ? made : [];
    const [photo] = draft.photos;
    const here = only && photo ? { shown: shownNow(), photo: await files.here(photo.key) } : null;
    await clearDraft();
    if (only && here) await keepMade(only, here).catch(() => undefined);
    router.push(only ? `/conversions/${only}` : '/conversions');
    // The header's quota, too; the page of one picture is shown anew when that is there, or left.
    if (!only) router.refresh();
    // The page stays busy until the next one is there.
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }

  /** Without a line nobody can sign up: that is said here, where the photo is. */
  async function join(): Promise<void> {
    setMaking({ phase: 'starting' });
    const isOpen = navigator.onLine && (await onJoin());
    setMaking({ phase: 'idle' });
    if (!isOpen)
      setProblem({ kind: 'refused', code: navigator.onLine ? 'service.unavailable' : 'line.offline' });
  }

  const begin = async () => {
    if (isBusy) return;
    const { photos } = draft;
    const looks = wantedLooks(draft);
    if (photos.length === 0) return setProblem({ kind: 'photo' });
    if (looks.length === 0) return setProblem({ kind: 'style' });
    // Before anybody signs up for it or sends it.
    const useless = photos.findIndex(({ key, image }) => image === null && isUseful(key) === false);
    if (useless >= 0) return stopAt(useless);
    if (obstacle) return setProblem({ kind: 'obstacle' });
    setProblem(null);
    const wish = liveWish(draft) ?? { key: newKey(), at: Date.now() };
    change((now) => ({ ...now, wish }));
    if (account === null) return join();
    // With nothing left, fewer would not help.
    if (quota?.left === 0) return setProblem({ kind: 'refused', code: 'quota.exceeded' });
    if (quota && wantedCount(draft) > quota.left) return setProblem({ kind: 'notEnough' });
    if (quota?.photosLeft === 0 && photos.some(({ image }) => image === null)) {
      return setProblem({ kind: 'noPlace' });
    }
    setMaking({ phase: 'starting' });
    try {
      await run(wish.key);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      sender.current = null;
      setMaking({ phase: 'idle' });
    }
  };

  return {
    begin,
    making,
    isBusy,
    problem,
    forget: () => setProblem(null),
    resume: () => sender.current?.resume(),
    pause: () => sender.current?.pause(),
    cancel: () => sender.current?.cancel(),
  };
}
