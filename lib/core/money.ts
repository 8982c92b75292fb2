/** An amount of Iranian Rials; the only unit that is stored. */
export type Rial = bigint;

/** Toman, the unit people speak in: ten Rials. Throws on a fraction of a Toman. */
export function toToman(rials: Rial): bigint {
  if (rials % 10n !== 0n) throw new RangeError(`not a whole Toman: ${rials} Rials`);
  return rials / 10n;
}

/** An amount as people read it, in the locale's digits and grouping, without the unit's name. */
export function formatToman(rials: Rial, locale: 'fa' | 'en'): string {
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US').format(toToman(rials));
}
