import { type ErrorCode, errorCodes } from '#lib/core/errors.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import { declaredProblem, pictureLimits } from '#lib/files/policy.ts';
import type { UploadRouter } from '#lib/files/upload/router.ts';
import { continueUpload } from './continue-upload.ts';

type UploadCode = ErrorCode | 'connectionLost';

/** Where the sending of one file stands. `share` is 0 to 1. */
export type Sending =
  | { readonly phase: 'waiting' | 'accepting' | 'cancelled' }
  | { readonly phase: 'sending'; readonly share: number }
  | { readonly phase: 'paused'; readonly share: number; readonly offline: boolean }
  | { readonly phase: 'done'; readonly image: ImageView }
  | { readonly phase: 'failed'; readonly code: UploadCode; readonly canRetry: boolean };

export type SendControls = {
  start(): void;
  pause(): void;
  /** Goes on where it stopped: after a pause, a cut line, or a failure that may pass. */
  resume(): void;
  cancel(): void;
};

type Options = {
  route: 'photo' | 'gallery';
  file: File;
  /** What the person was shown and agreed to by sending. */
  agreedTo?: string | undefined;
  /** The album that a picture of a gallery is for. */
  albumId?: string | undefined;
  /** Whether that album keeps files as they are sent: they may be larger. */
  keepsSent?: boolean;
  onChange: (sending: Sending) => void;
};

/** What is tried again without asking. */
const goesOn: readonly string[] = ['connectionLost', 'file.uploadIncomplete', 'file.linkInvalid'];

/** What may pass in a while: the person may try again. */
const passing: readonly string[] = [
  'rate.limited',
  'service.unavailable',
  'internal',
  'auth.busy',
  'file.storageFull',
];

/** A line that breaks is tried again by itself after these pauses; then the person is asked. */
const againAfterMs = [500, 2000, 5000];

class Refused extends Error {
  readonly code: UploadCode;
  constructor(code: UploadCode) {
    super(code);
    this.code = code;
  }
}

/** What sends files: asked for before it is needed where that can be known. */
export const loadSender = () => import('uploadthing/client');

/**
 * Sends one file, through UploadThing's client at first. Its address is remembered: after a pause or a broken
 * line the same upload goes on from the byte that arrived last, as long as the address is good; then anew.
 */
export function sendFile({
  route,
  file,
  agreedTo,
  albumId,
  keepsSent = false,
  onChange,
}: Options): SendControls {
  let address: string | null = null;
  let share = 0;
  let current: AbortController | null = null;
  let settled = false;

  const tell = (sending: Sending) => {
    settled = sending.phase === 'done' || sending.phase === 'cancelled';
    onChange(sending);
  };

  function onSent(signal: AbortSignal, bytes: number) {
    if (signal.aborted) return;
    // The frame around the file is counted with it, and again after a pause.
    share = Math.max(share, Math.min(1, bytes / file.size));
    tell(share < 1 ? { phase: 'sending', share } : { phase: 'accepting' });
  }

  async function begin(signal: AbortSignal): Promise<ImageView> {
    const { genUploader } = await loadSender();
    const remember: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      // Everything goes through here; only the answer with the signed address is a list.
      const body: unknown = await response
        .clone()
        .json()
        .catch(() => null);
      if (Array.isArray(body)) address = (body as { url?: string }[])[0]?.url ?? null;
      return response;
    };
    const started = await genUploader<UploadRouter>({
      url: '/api/uploadthing',
      fetch: remember,
    }).createUpload(route, {
      files: [file],
      // The SDK sends an optional input too, only its types do not know.
      ...(agreedTo !== undefined && { input: { agreedTo } }),
      ...(albumId !== undefined && { input: { albumId } }),
      onUploadProgress: ({ loaded }) => onSent(signal, loaded),
    });
    if (signal.aborted) {
      started.pauseUpload();
      throw new Error('stopped');
    }
    signal.addEventListener('abort', () => started.pauseUpload(), { once: true });
    const { serverData } = await started.done(file);
    if ('error' in serverData) throw new Refused(serverData.error);
    return serverData.image;
  }

  async function goOn(url: string, signal: AbortSignal): Promise<ImageView> {
    const { status, answer } = await continueUpload({
      url,
      file,
      signal,
      onSent: (bytes) => onSent(signal, bytes),
    });
    if (answer && 'image' in answer) return answer.image;
    const code = errorCodes.find((known) => known === answer?.error) ?? 'connectionLost';
    // The address has run out, or the server has forgotten: the next try begins anew.
    if (status === 403) address = null;
    throw new Refused(code);
  }

  async function run() {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    const { signal } = mine;
    tell({ phase: 'sending', share });
    for (let attempt = 0; ; attempt += 1) {
      try {
        const image = await (address ? goOn(address, signal) : begin(signal));
        if (!signal.aborted) tell({ phase: 'done', image });
        return;
      } catch (error) {
        if (signal.aborted) return;
        const code = codeOf(error);
        if (!address) share = 0;
        if (code === 'connectionLost' && !navigator.onLine) {
          return tell({ phase: 'paused', share, offline: true });
        }
        const pause = againAfterMs[attempt];
        if (pause === undefined || !goesOn.includes(code)) {
          return tell({ phase: 'failed', code, canRetry: goesOn.includes(code) || passing.includes(code) });
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (signal.aborted) return;
      }
    }
  }

  function stop(sending: Sending) {
    if (settled) return;
    current?.abort();
    current = null;
    tell(sending);
  }

  return {
    start() {
      const { maxBytes, maxSentBytes } = pictureLimits;
      const problem = declaredProblem(file, keepsSent ? maxSentBytes : maxBytes);
      if (problem) tell({ phase: 'failed', code: problem, canRetry: false });
      else void run();
    },
    pause: () => stop({ phase: 'paused', share, offline: !navigator.onLine }),
    resume: () => {
      if (!settled) void run();
    },
    cancel: () => stop({ phase: 'cancelled' }),
  };
}

/** The SDK carries our code in its message, or in the answer of a refused upload. */
function codeOf(error: unknown): UploadCode {
  if (error instanceof Refused) return error.code;
  const { message, data } = error as { message?: unknown; data?: { error?: unknown } | null };
  return errorCodes.find((code) => code === message || code === data?.error) ?? 'connectionLost';
}
