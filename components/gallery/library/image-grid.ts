/** The grid of a vendor's library: as many images beside each other as one can still tell apart. */
export const imageGrid =
  'grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3 md:grid-cols-4 md:gap-x-4 xl:grid-cols-5';
