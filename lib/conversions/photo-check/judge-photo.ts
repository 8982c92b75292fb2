import type { PhotoMeasures } from '#lib/styles/paint/study-photo.ts';
import type { AdviceCode, PhotoCheck } from './view.ts';

/** From these on something is said. Tuned on sharp, blurred, dark and tiny versions of varied photos. */
const limits = {
  blankRange: 0.02,
  tooSmallSide: 160,
  darkLight: 0.13,
  brightLight: 0.86,
  flatRange: 0.16,
  blurrySharpness: 0.13,
  smallSide: 480,
  smallFace: 0.085,
} as const;

/** What is to be said about a photo of this size that measures so. Worst first. */
export function judgePhoto(
  measures: PhotoMeasures,
  size: { width: number; height: number },
): Omit<PhotoCheck, 'imageId'> {
  const longest = Math.max(size.width, size.height);
  const isBlank = measures.range < limits.blankRange;
  const isDark = measures.meanLight < limits.darkLight;
  const isBright = measures.meanLight > limits.brightLight;
  const isFlat = measures.range < limits.flatRange;
  const said: [AdviceCode, boolean][] = [
    ['blank', isBlank],
    ['tooSmall', longest < limits.tooSmallSide],
    ['dark', !isBlank && isDark],
    ['bright', !isBlank && isBright],
    ['flat', !isBlank && !isDark && !isBright && isFlat],
    // Without contrast there is nothing by which sharpness could be told.
    ['blurry', !isFlat && measures.sharpness < limits.blurrySharpness],
    ['small', longest >= limits.tooSmallSide && longest < limits.smallSide],
    ['smallFace', measures.faces > 0 && measures.largestFace < limits.smallFace],
  ];
  const advice = said.filter(([, applies]) => applies).map(([code]) => code);
  return {
    usable: !advice.includes('blank') && !advice.includes('tooSmall'),
    // Somebody who cannot be told from the background is nobody to a style that needs them.
    person: !measures.hasPerson ? 'none' : measures.faces > 1 ? 'several' : 'one',
    advice,
  };
}
