import { toShown } from '#components/files/picture.tsx';
import type { ReferenceView } from '#lib/conversions/reference/view.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { nameOfLook } from './draft/draft.ts';
import type { StyleOption } from './style-picker.tsx';

/**
 * A gallery's picture as the studio offers it.
 *
 * @param unnamed What it is called where its gallery does not say.
 */
export function toLookOption(
  { image, title, businessName, look }: ReferenceView,
  does: (kind: LookKind) => string,
  unnamed: string,
): StyleOption {
  return {
    name: nameOfLook({ reference: image.id }),
    title: title ?? unnamed,
    description: does(look.kind),
    by: businessName,
    picture: toShown(image),
    order: look,
  };
}
