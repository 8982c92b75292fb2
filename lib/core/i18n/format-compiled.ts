import formatOnly from 'use-intl/format-message/format-only';

/**
 * next-intl's `use-intl/format-message` in the browser (`next.config.mjs`), where sentences come compiled. A sentence that
 * has nothing to say for these values is empty text: what is used here gives a list of nothing for it, for which the
 * name of the sentence would be shown.
 */
const formatCompiled: typeof formatOnly = Object.assign(
  (...given: Parameters<typeof formatOnly>) => {
    const made = formatOnly(...given);
    return Array.isArray(made) && made.length === 0 ? '' : made;
  },
  { raw: false },
);
export default formatCompiled;
