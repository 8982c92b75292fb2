import { type StyleName, styles } from '#lib/styles/catalogue.ts';

/** What can be said about a photo before anybody pays; each has a sentence in `messages/` under `photoCheck`. */
export const adviceCodes = [
  'needsPerson',
  'blank',
  'tooSmall',
  'dark',
  'bright',
  'flat',
  'blurry',
  'small',
  'smallFace',
] as const;
export type AdviceCode = (typeof adviceCodes)[number];

/** A photo looked at: whether it is worth converting at all, who is in it, and what would make it better. */
export type PhotoCheck = {
  readonly imageId: string;
  readonly usable: boolean;
  readonly person: 'none' | 'one' | 'several';
  /** Worst first; empty when there is nothing to say. */
  readonly advice: readonly AdviceCode[];
};

/** The advice for one style: the ones about people say so when nobody is there. */
export function adviceFor(
  check: Pick<PhotoCheck, 'person' | 'advice'>,
  style: StyleName,
): readonly AdviceCode[] {
  const needsPerson = styles.some(({ name, needsPerson }) => name === style && needsPerson);
  return needsPerson && check.person === 'none' ? ['needsPerson', ...check.advice] : check.advice;
}
