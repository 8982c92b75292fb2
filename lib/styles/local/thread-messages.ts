import type { StyleName } from '../catalogue.ts';
import type { StyleStage } from '../style-engine.ts';

/** What the engine asks of a render thread. */
export type RenderRequest = { readonly photo: Uint8Array; readonly style: StyleName };

/** What a render thread says back: any number of stages, then one of the other two. */
export type RenderReply =
  | { readonly kind: 'stage'; readonly stage: StyleStage }
  | {
      readonly kind: 'done';
      readonly bytes: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly stagesMs: Record<StyleStage, number>;
    }
  | { readonly kind: 'failed'; readonly detail: string };
