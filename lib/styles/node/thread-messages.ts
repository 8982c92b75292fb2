import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { StyleName } from '../catalogue.ts';
import type { LookObstacle } from '../paint/looks/order.ts';
import type { ModelName, ModelOutput } from '../paint/people/models.ts';
import type { PhotoMeasures } from '../paint/study-photo.ts';
import type { StyleStage } from '../style-engine.ts';

/** A look as it travels to a thread: files as plain bytes. */
export type SentLook =
  | { readonly style: StyleName; readonly strength?: number }
  | { readonly style: 'reference'; readonly reference: Uint8Array; readonly order?: LookOrder };

/** What the engine asks of a render thread; on the way it is told the stages. */
export type RenderRequest = SentLook & { readonly photo: Uint8Array };

/** What a render thread has made, or why it cannot be made of this photo. */
export type RenderValue = RenderedValue | { readonly impossible: LookObstacle };

type RenderedValue = {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<StyleStage, number>;
};

/** A photo to be measured; with a look, only whether that can be tried on in it. */
export type StudyRequest = {
  readonly photo: Uint8Array;
  readonly look?: Pick<LookOrder, 'kind' | 'taps'>;
};
export type StudyValue = { readonly measures: PhotoMeasures } | { readonly obstacle: LookObstacle | null };

/** Pixels for one of the networks, or for the operator's parts network, and its answers: null where there is none. */
export type NetworkQuestion = { readonly name: ModelName | 'parts'; readonly pixels: Float32Array };
export type NetworkAnswer = { readonly outputs: readonly ModelOutput[] | null };
