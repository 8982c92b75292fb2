import type { ConversionProgress } from '#lib/conversions/view.ts';

/** How far each stage stands on the bar; the painting takes the longest. */
const fractions = { decode: 0.12, analyse: 0.3, paint: 0.6, encode: 0.88, store: 0.96 };

/** How full the bar is. Waiting in line is no progress yet. */
export function progressFraction({ status, stage }: ConversionProgress): number {
  if (status === 'completed') return 1;
  return stage ? fractions[stage] : 0.04;
}

/** The key, under `conversions.progress`, of the sentence that says where it is. */
export function progressKey({ status, stage }: ConversionProgress) {
  if (status === 'pending') return 'queue' as const;
  if (status === 'completed') return 'done' as const;
  return stage ? (`stage.${stage}` as const) : ('stage.started' as const);
}
