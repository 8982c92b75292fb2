import type { StyleName } from '../catalogue.ts';
import type { StyleStage } from '../style-engine.ts';

/** A look as it travels to a thread: files as plain bytes. */
export type SentLook =
  | { readonly style: StyleName }
  | { readonly style: 'reference'; readonly reference: Uint8Array };

/** What the engine asks of a render thread. */
export type RenderRequest = SentLook & { readonly photo: Uint8Array };

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
