/**
 * The font file that holds every letter of our own sentences, in both languages; app/[locale]/fonts.css names
 * it too, with the file of all other letters.
 */
export const firstFont = '/fonts/vazirmatn-33.0.3-first.woff2';
