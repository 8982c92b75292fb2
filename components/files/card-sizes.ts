/**
 * `sizes` of a picture on a card that is so many pixels wide, on a phone and from 48rem on. On screens with more than two dots to
 * a pixel it is sent as if there were two: nobody sees the third on a card, and it doubles the bytes.
 */
export function cardSizes(phone: number, desk: number): string {
  const [small, large] = [Math.round(phone), Math.round(desk)];
  return `(min-width: 48rem) ${large}px, (min-resolution: 2.5dppx) ${Math.round((phone * 2) / 3)}px, ${small}px`;
}
