type Words = Readonly<Record<string, string>>;
type Looks = {
  readonly try: Words;
  readonly does: Words;
  readonly hosted: { readonly try: Words; readonly does: Words };
};

/**
 * All sentences, as they are true of the engine that makes the pictures of each kind of look: ours takes a garment's cloth
 * and a shade of hair, a hosted one puts on the garment and gives the cut too.
 */
export function forEngine<Messages extends { readonly looks: Looks }>(
  all: Messages,
  engines: readonly { readonly looks: readonly string[] | null }[],
): Messages {
  if (engines.length === 0) return all;
  const isHosted = (kind: string) => engines.some(({ looks }) => looks === null || looks.includes(kind));
  const hosted = (words: Words) =>
    Object.fromEntries(Object.entries(words).filter(([kind]) => isHosted(kind)));
  const { looks } = all;
  return {
    ...all,
    looks: {
      ...looks,
      try: { ...looks.try, ...hosted(looks.hosted.try) },
      does: { ...looks.does, ...hosted(looks.hosted.does) },
    },
  };
}
