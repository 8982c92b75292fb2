import type { Result } from '#lib/core/result.ts';
import type { StyleName } from './catalogue.ts';

/** What an engine is doing at the moment; told to people in words, never as a percentage. */
export type StyleStage = 'decode' | 'analyse' | 'paint' | 'encode';

/** One photo to be turned into one style. */
export type StyleJob = {
  /** The photo's file, as accepted: anything sharp can decode. */
  readonly photo: Buffer;
  readonly style: StyleName;
  /** Aborting ends the work within milliseconds, whatever it is doing. */
  readonly signal: AbortSignal;
  readonly onStage?: (stage: StyleStage) => void;
};

/** The finished picture. */
export type StyledPicture = {
  readonly bytes: Buffer;
  readonly mimeType: 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<string, number>;
};

/**
 * The port behind which pictures are made. Expected failures are `style.unknown` and
 * `conversion.engine`; an aborted job is `conversion.engine` too, and the caller knows why it aborted.
 */
export interface StyleEngine {
  readonly name: string;
  stylise(job: StyleJob): Promise<Result<StyledPicture>>;
}
