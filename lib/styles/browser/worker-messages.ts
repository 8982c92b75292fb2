import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import type { StyleName } from '../catalogue.ts';
import type { WornOrder } from '../paint/looks/order.ts';
import type { SeenParts } from '../paint/looks/read-mask.ts';
import type { ReferenceFacts } from '../paint/looks/study-reference.ts';
import type { PhotoMeasures } from '../paint/study-photo.ts';
import type { DeviceFailure, DeviceLook, DeviceStep } from './device-view.ts';

/** What the page asks of the worker, one job at a time. */
export type WorkerJob =
  | {
      readonly kind: 'open';
      readonly id: string;
      readonly blob: Blob;
      /** Longest side of the photo as it is to be shown, in pixels; not shown without. */
      readonly shownSide?: number;
    }
  | {
      readonly kind: 'sketch';
      readonly id: string;
      readonly style: StyleName;
      readonly side: number;
      readonly type: 'image/jpeg' | 'image/png';
    }
  | {
      readonly kind: 'paint';
      readonly id: string;
      readonly look: DeviceLook;
      readonly side: number;
      readonly type: 'image/jpeg' | 'image/png';
      readonly mark?: readonly string[];
    }
  | { readonly kind: 'parts'; readonly id: string; readonly order: Pick<WornOrder, 'kind' | 'taps'> }
  | { readonly kind: 'measure'; readonly id: string }
  | { readonly kind: 'study'; readonly url: string; readonly region: LookRegion | null };

/** Said without an answer: this photo is needed no more. */
export type WorkerNotice = { readonly kind: 'close'; readonly id: string };

/** `open` answers with the size of the original, and the photo as it is to be shown, `parts` with a mask in the blob's alpha, where there is one. */
export type WorkerValue = {
  readonly width: number;
  readonly height: number;
  readonly blob?: Blob;
  readonly parts?: Omit<SeenParts, 'mask'>;
  readonly facts?: ReferenceFacts;
  readonly measures?: PhotoMeasures;
};

/** What the worker says: once that it runs, and that the networks are there; of its job the steps and an end. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'networks' }
  | { readonly kind: 'step'; readonly step: DeviceStep }
  | { readonly kind: 'done'; readonly value: WorkerValue }
  | { readonly kind: 'failed'; readonly code: DeviceFailure; readonly detail: string };
