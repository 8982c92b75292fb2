'use client';

import { useEffect, useRef, useState } from 'react';
import { type ErrorCode, errorCodes } from '#lib/core/errors.ts';
import { declaredProblem } from '#lib/files/policy.ts';
import type { UploadRouter } from '#lib/files/upload-router.ts';
import type { ImageView } from '#lib/files/view.ts';

export type PhotoUpload =
  | { readonly phase: 'idle' | 'done' | 'cancelled' }
  /** `share` is 0 to 1. */
  | { readonly phase: 'sending'; readonly file: File; readonly share: number }
  | { readonly phase: 'accepting'; readonly file: File }
  | {
      readonly phase: 'failed';
      readonly code: ErrorCode | 'connectionLost' | 'onlyOne';
      /** Null when sending the same again cannot help. */
      readonly again: File | null;
    };

type Controls = { pauseUpload: () => void; resumeUpload: () => void };

/** What may pass by itself: the same file may be sent again. */
const passing: readonly string[] = [
  'connectionLost',
  'rate.limited',
  'service.unavailable',
  'internal',
  'auth.busy',
  'file.storageFull',
  'file.uploadIncomplete',
  'file.linkInvalid',
];

/** Sends one photo at a time. A newer one replaces an older one that is still under way. */
export function usePhotoUpload(onUploaded: (image: ImageView) => void) {
  const [upload, setUpload] = useState<PhotoUpload>({ phase: 'idle' });
  const current = useRef(0);
  const controls = useRef<Controls | null>(null);

  function failed(code: ErrorCode | 'connectionLost' | 'onlyOne', file: File | null) {
    setUpload({ phase: 'failed', code, again: passing.includes(code) ? file : null });
  }

  function stop() {
    current.current += 1;
    controls.current?.pauseUpload();
    controls.current = null;
  }

  async function send(files: readonly File[]) {
    const [file] = files;
    if (!file) return;
    stop();
    if (files.length > 1) return failed('onlyOne', null);
    const problem = declaredProblem(file);
    if (problem) return failed(problem, null);

    const mine = current.current;
    const isMine = () => mine === current.current;
    setUpload({ phase: 'sending', file, share: 0 });
    try {
      const { genUploader } = await import('uploadthing/client');
      const started = await genUploader<UploadRouter>({ url: '/api/uploadthing' }).createUpload('photo', {
        files: [file],
        onUploadProgress: ({ loaded }) => {
          // The SDK counts the frame around the file too, and counts again after a pause.
          const share = Math.min(1, Math.max(0, loaded / file.size));
          if (isMine())
            setUpload(share < 1 ? { phase: 'sending', file, share } : { phase: 'accepting', file });
        },
      });
      if (!isMine()) return started.pauseUpload();
      controls.current = pausable(started);
      const { serverData } = await started.done(file);
      if (!isMine()) return;
      if ('error' in serverData) return failed(serverData.error, file);
      setUpload({ phase: 'done' });
      onUploaded(serverData.image);
    } catch (error) {
      if (isMine()) failed(codeOf(error), file);
    } finally {
      if (isMine()) controls.current = null;
    }
  }

  useEffect(() => {
    // A line that is known to be cut is waited for instead of tried against.
    const pause = () => controls.current?.pauseUpload();
    const resume = () => controls.current?.resumeUpload();
    window.addEventListener('offline', pause);
    window.addEventListener('online', resume);
    return () => {
      window.removeEventListener('offline', pause);
      window.removeEventListener('online', resume);
      current.current += 1;
      controls.current?.pauseUpload();
    };
  }, []);

  return {
    upload,
    send,
    cancel: () => {
      stop();
      setUpload({ phase: 'cancelled' });
    },
  };
}

/** The SDK throws when a paused upload is paused again. */
function pausable(started: Controls): Controls {
  let paused = false;
  return {
    pauseUpload: () => {
      if (!paused) started.pauseUpload();
      paused = true;
    },
    resumeUpload: () => {
      if (paused) started.resumeUpload();
      paused = false;
    },
  };
}

/** The SDK carries our code in its message, or in the answer of a refused upload. */
function codeOf(error: unknown): ErrorCode | 'connectionLost' {
  const { message, data } = error as { message?: unknown; data?: { error?: unknown } | null };
  return errorCodes.find((code) => code === message || code === data?.error) ?? 'connectionLost';
}
