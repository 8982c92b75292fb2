import type { DeviceFailure, DeviceLook, DeviceStep } from './device-view.ts';

/** What the page asks of the worker, one job at a time. */
export type WorkerJob =
  | { readonly kind: 'open'; readonly id: string; readonly blob: Blob }
  | {
      readonly kind: 'paint';
      readonly id: string;
      readonly look: DeviceLook;
      readonly side: number;
      readonly type: 'image/jpeg' | 'image/png';
      readonly mark?: string;
    }
  | { readonly kind: 'shrink'; readonly blob: Blob; readonly longest: number; readonly quality: number };

/** Said without an answer: this photo is needed no more. */
export type WorkerNotice = { readonly kind: 'close'; readonly id: string };

/** `open` answers with the size alone. */
export type WorkerValue = { readonly width: number; readonly height: number; readonly blob?: Blob };

/** What the worker says: once that it runs, then of its job the steps and an end. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'step'; readonly step: DeviceStep }
  | { readonly kind: 'done'; readonly value: WorkerValue }
  | { readonly kind: 'failed'; readonly code: DeviceFailure; readonly detail: string };
