/** The card that everybody pays with at the emulator. */
export const cardPan = '999999******9999';
