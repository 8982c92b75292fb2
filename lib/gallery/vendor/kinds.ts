/** What a business is, as it says of itself. */
export const businessKinds = [
  'boutique',
  'salon',
  'studio',
  'photographer',
  'craft',
  'art',
  'other',
] as const;
export type BusinessKind = (typeof businessKinds)[number];
