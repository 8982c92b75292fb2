import { generateReactHelpers } from '@uploadthing/react';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { genUploader } from 'uploadthing/client';
import { type Sending, sendFile } from '#components/files/send-file.ts';
import type { UploadRouter } from '#lib/files/upload/router.ts';

/** UploadThing's own client code in a browser, for the test to drive. */
const { useUploadThing } = generateReactHelpers<UploadRouter>({ url: '/api/uploadthing' });

type Window_ = typeof globalThis & {
  run: Record<string, (bytes: string) => Promise<unknown>>;
  log: string[];
};
const page = window as unknown as Window_;
page.log = [];

const fileOf = (base64: string) =>
  new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], 'عکس من.jpg', {
    type: 'image/jpeg',
  });

function Hook() {
  const [progress, setProgress] = useState(0);
  const { startUpload } = useUploadThing('photo', { onUploadProgress: setProgress });
  page.run = {
    hook: async (bytes) => (await startUpload([fileOf(bytes)]))?.map(({ serverData }) => serverData),
    uploadFiles: async (bytes) =>
      (
        await genUploader<UploadRouter>({ url: '/api/uploadthing' }).uploadFiles('photo', {
          files: [fileOf(bytes)],
        })
      ).map(({ serverData }) => serverData),
    createUpload: async (bytes) => {
      const file = fileOf(bytes);
      const upload = await genUploader<UploadRouter>({ url: '/api/uploadthing' }).createUpload('photo', {
        files: [file],
        onUploadProgress: ({ loaded }) => page.log.push(String(loaded)),
      });
      return (await upload.done(file)).serverData;
    },
    /** Ours: paused once on the way, then gone on with. */
    ours: (bytes) =>
      new Promise((resolve) => {
        let paused = false;
        const seen: string[] = [];
        const sender = sendFile({
          route: 'photo',
          file: fileOf(bytes),
          onChange: (sending: Sending) => {
            if (seen.at(-1) !== sending.phase) seen.push(sending.phase);
            if (sending.phase === 'sending' && sending.share > 0.3 && !paused) {
              paused = true;
              sender.pause();
              setTimeout(() => sender.resume(), 100);
            }
            if (sending.phase === 'done' || sending.phase === 'failed') resolve({ ...sending, seen });
          },
        });
        sender.start();
      }),
  };
  return createElement('output', null, progress);
}

createRoot(document.body).render(createElement(Hook));
