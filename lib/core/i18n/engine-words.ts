type Words = Readonly<Record<string, string>>;
type Looks = {
  readonly try: Words;
  readonly does: Words;
  readonly hosted: { readonly try: Words; readonly does: Words };
};

/**
 * All sentences, as they are true of the engine that makes the pictures: ours takes a garment's cloth and a shade of
 * hair, a hosted one puts on the garment and gives the cut too.
 */
export function forEngine<Messages extends { readonly looks: Looks }>(
  all: Messages,
  engine: string,
): Messages {
  if (engine === 'local') return all;
  const { looks } = all;
  return {
    ...all,
    looks: {
      ...looks,
      try: { ...looks.try, ...looks.hosted.try },
      does: { ...looks.does, ...looks.hosted.does },
    },
  };
}
