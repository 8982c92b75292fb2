'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImageView } from '#lib/files/image/view.ts';
import { preparePicture, takeAsItIs } from './prepare-picture.ts';
import { type SendControls, type Sending, sendFile } from './send-file.ts';

/** One file of a list that is being sent; `preparing` before a byte of it is. */
export type UploadItem = {
  readonly id: number;
  readonly file: File;
  readonly sending: Sending | { readonly phase: 'preparing' };
};

type Options = {
  route: 'photo' | 'gallery';
  agreedTo?: string | undefined;
  albumId?: string | undefined;
  /** Whether files are sent as they are, because that album keeps them so. */
  keepsSent?: boolean;
  /** How many are on their way at once; the others wait. */
  atOnce: number;
  onUploaded: (image: ImageView) => void;
};

/** What would be lost with the page. */
export const unfinished: readonly UploadItem['sending']['phase'][] = [
  'waiting',
  'preparing',
  'sending',
  'paused',
  'accepting',
];

const onTheWay: typeof unfinished = ['preparing', 'sending', 'accepting'];

let lastId = 0;

/** Of a file that is being made ready: nothing is sent yet. */
const notYet: SendControls = { start() {}, pause() {}, resume() {}, cancel() {} };

/**
 * Files on their way, each with its own progress and controls. A line that is known to be cut is waited for
 * instead of tried against; leaving the page stops what is under way.
 */
export function useUploads({ route, agreedTo, albumId, keepsSent = false, atOnce, onUploaded }: Options) {
  const [items, setItems] = useState<readonly UploadItem[]>([]);
  const senders = useRef(new Map<number, SendControls>());
  const uploaded = useEffectEvent(onUploaded);

  function change(id: number, sending: UploadItem['sending']) {
    setItems((all) => all.map((item) => (item.id === id ? { ...item, sending } : item)));
  }

  function add(files: readonly File[]) {
    const added = files.map((file): UploadItem => {
      lastId += 1;
      return { id: lastId, file, sending: { phase: 'waiting' } };
    });
    setItems((all) => [...all, ...added]);
  }

  // The upload that waits longest starts when there is room, and a line.
  useEffect(() => {
    if (!navigator.onLine) return;
    const busy = items.filter(({ sending: { phase } }) => onTheWay.includes(phase));
    const waiting = items.filter(
      ({ id, sending }) => sending.phase === 'waiting' && !senders.current.has(id),
    );
    for (const { id, file } of waiting.slice(0, Math.max(0, atOnce - busy.length))) {
      senders.current.set(id, notYet);
      change(id, { phase: 'preparing' });
      // Turned, shrunk and known by its bytes before one of them is sent; or known by them alone.
      void (keepsSent ? takeAsItIs(file) : preparePicture(file)).then((prepared) => {
        if (!senders.current.has(id)) return;
        if (!prepared.ok) return change(id, { phase: 'failed', code: prepared.code, canRetry: false });
        const sender = sendFile({
          route,
          file: prepared.file,
          agreedTo,
          albumId,
          keepsSent,
          onChange: (sending) => {
            if (!senders.current.has(id)) return;
            change(id, sending);
            if (sending.phase === 'done') uploaded(sending.image);
          },
        });
        senders.current.set(id, sender);
        sender.start();
      });
    }
  });

  useEffect(() => {
    const all = senders.current;
    const each = (act: (sender: SendControls) => void) => () => all.forEach(act);
    const goOn = () =>
      setItems((now) => {
        for (const { id, sending } of now) {
          if (sending.phase === 'paused' && sending.offline) queueMicrotask(() => all.get(id)?.resume());
        }
        // Looked at anew, so that those who waited for the line start as well.
        return [...now];
      });
    window.addEventListener('online', goOn);
    return () => {
      window.removeEventListener('online', goOn);
      const stop = each((sender) => sender.cancel());
      stop();
      all.clear();
    };
  }, []);

  const isUnderWay = items.some(({ sending: { phase } }) => unfinished.includes(phase));
  useEffect(() => {
    if (!isUnderWay) return;
    // The browser asks in its own words; a file that is half sent cannot be read again after the page is gone.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnderWay]);

  function remove(id: number) {
    const sender = senders.current.get(id);
    senders.current.delete(id);
    sender?.cancel();
    setItems((all) => all.filter((item) => item.id !== id));
  }

  return {
    items,
    add,
    pause: (id: number) => senders.current.get(id)?.pause(),
    resume: (id: number) => senders.current.get(id)?.resume(),
    /** Ends one that is under way, or takes one that has ended off the list. */
    remove,
    resumeAll: () => {
      for (const { id, sending } of items) {
        if (sending.phase === 'paused' || (sending.phase === 'failed' && sending.canRetry)) {
          senders.current.get(id)?.resume();
        }
      }
    },
    clear: () => {
      for (const { id, sending } of items) {
        if (['done', 'failed', 'cancelled'].includes(sending.phase)) remove(id);
      }
    },
  };
}

/** So far is a file whose last byte is sent: what remains is making it ready. */
const sentShare = 0.95;

/**
 * How far everything together is, by bytes: 0 to 1, which is when all is ready. What failed counts as what it has sent:
 * nothing.
 */
export function totalShare(items: readonly UploadItem[]): number {
  let [gone, all] = [0, 0];
  for (const { file, sending } of items) {
    if (sending.phase === 'failed' || sending.phase === 'cancelled') continue;
    all += file.size;
    if (sending.phase === 'done') gone += file.size;
    else if (sending.phase === 'accepting') gone += file.size * sentShare;
    else if (sending.phase === 'sending' || sending.phase === 'paused')
      gone += file.size * sending.share * sentShare;
  }
  return all === 0 ? 0 : Math.min(1, gone / all);
}
