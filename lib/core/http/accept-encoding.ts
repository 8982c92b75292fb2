/** How a body can be packed, best first. */
const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The best encoding that a client takes by its `accept-encoding` (RFC 9110, 12.5.3); null: the body as it is. What is
 * named with a weight above zero is taken, `*` stands for whatever is not named.
 */
export function encodingFor(accepted: string | string[] | undefined): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of String(accepted ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  return encodings.find((name) => (weights.get(name) ?? weights.get('*') ?? 0) > 0) ?? null;
}
