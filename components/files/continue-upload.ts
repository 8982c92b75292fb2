import type { UploadAnswer } from '#lib/files/upload/store.ts';

/** What came back: an answer of the server, or a status that says why there is none. */
export type Continued = { readonly status: number; readonly answer: UploadAnswer | { error: string } | null };

/**
 * Sends the rest of a file to an upload that was begun before: asks how much has arrived and goes on from
 * there. UploadThing's own client cannot do this once a line has broken. Rejects when the line breaks again.
 */
export async function continueUpload(options: {
  url: string;
  file: File;
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}): Promise<Continued> {
  const { url, file, onSent, signal } = options;
  const head = await fetch(url, { method: 'HEAD', signal });
  const start = Math.min(file.size, Number(head.headers.get('x-ut-range-start') ?? 0) || 0);
  onSent(start);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.responseType = 'json';
    request.setRequestHeader('range', `bytes=${start}-`);
    // Fetch cannot tell how much of a body has been sent.
    request.upload.onprogress = ({ loaded }) => onSent(start + loaded);
    request.onload = () => {
      const body = request.response as { serverData?: UploadAnswer; error?: string } | null;
      resolve({
        status: request.status,
        answer: body?.serverData ?? (body?.error === undefined ? null : { error: body.error }),
      });
    };
    request.onerror = () => reject(new Error('the line broke'));
    request.onabort = () => reject(new Error('stopped'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const body = new FormData();
    body.append('file', file.slice(start));
    request.send(body);
  });
}
