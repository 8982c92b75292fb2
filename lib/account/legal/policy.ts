/** The two pages of law. Safe to import in the browser. */
export const legalPages = ['terms', 'privacy'] as const;
export type LegalPage = (typeof legalPages)[number];

/** Characters of a text in one language. */
export const legalTextAtMost = 40_000;

/** A part of a text: a heading, a list, or a paragraph. */
export type LegalBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/**
 * Reads a text as an operator types it: blank lines stand between blocks, a block that begins with `# ` is a heading, one
 * whose every line begins with `- ` is a list, and everything else is a paragraph. It is text alone, never markup.
 */
export function parseLegal(text: string): LegalBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block): LegalBlock => {
      const lines = block.split('\n').map((line) => line.trim());
      if (lines.every((line) => line.startsWith('- '))) {
        return { kind: 'list', items: lines.map((line) => line.slice(2).trim()) };
      }
      const isHeading = lines.length === 1 && block.startsWith('# ');
      return isHeading
        ? { kind: 'heading', text: block.slice(2).trim() }
        : { kind: 'paragraph', text: lines.join(' ') };
    });
}

/** The version that an address asks for; null when it asks for none that could be. */
export function readVersion(asked: string | string[] | undefined): number | null {
  return typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
}
