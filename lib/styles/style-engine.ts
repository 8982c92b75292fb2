import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import type { Result } from '#lib/core/result.ts';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { StyleName } from './catalogue.ts';

/** What an engine is doing at the moment; told to people in words, never as a percentage. */
export type StyleStage = 'decode' | 'analyse' | 'paint' | 'encode';

/**
 * What a photo is to be turned into: a preset, or the look of another picture (its file). What is taken from that and
 * put where says the order; without one it is palette, light and texture. `strength` as in {@link LookOrder}; a hosted
 * engine knows nothing of it.
 */
export type Look =
  | { readonly style: StyleName; readonly strength?: number }
  | { readonly style: 'reference'; readonly reference: Buffer; readonly order?: LookOrder };

/** One photo to be turned into one style. */
export type StyleJob = Look & {
  /** The photo's file, as accepted: anything sharp can decode. */
  readonly photo: Buffer;
  /** The same for every call of one attempt, so that a service which honours it paints and charges once. */
  readonly attemptKey?: string;
  /** Aborting ends the work within milliseconds, whatever it is doing. */
  readonly signal: AbortSignal;
  readonly onStage?: (stage: StyleStage) => void;
  /** Of these engines, in this order, those that may be asked for this picture; where left out, all. */
  readonly mayAsk?: (
    engines: readonly HostedEngineSettings[],
  ) => Promise<Result<readonly HostedEngineSettings[]>>;
  /** Told which of several engines is about to be asked; false when the attempt has been lost, and none is asked then. */
  readonly onEngine?: (name: string) => Promise<boolean>;
};

/** The finished picture. */
export type StyledPicture = {
  readonly bytes: Buffer;
  readonly mimeType: 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<string, number>;
};

/** `isOut`: three rests in a row brought nothing, or it does not even answer a question. It is asked again all the same. */
export type EngineState = { readonly engine: string; readonly isResting: boolean; readonly isOut: boolean };

/**
 * The port behind which pictures are made. Expected failures are `style.unknown`,
 * `conversion.refused` (the engine will not paint this for anybody) and `conversion.engine`; an aborted job
 * is `conversion.engine` too, and the caller knows why it aborted.
 */
export interface StyleEngine {
  /** Null: one of several, which each job is told. */
  readonly name: string | null;
  stylise(job: StyleJob): Promise<Result<StyledPicture>>;
  /** How the hosted engines behind it do, as this process saw them; absent where there is none. */
  states?(): readonly EngineState[];
}
