/** Remembers the last few values; the one that was not asked for the longest goes first. */
export function createShelf<T>(most: number) {
  const kept = new Map<string, T>();
  return {
    async get(key: string, make: () => Promise<T> | T): Promise<T> {
      const value = kept.get(key) ?? (await make());
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return value;
    },
    forget(start: string) {
      for (const key of kept.keys()) if (key.startsWith(start)) kept.delete(key);
    },
  };
}
