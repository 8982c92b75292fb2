export function nodeFlags(command: string, rest?: readonly string[]): string[];
export const allocator: Readonly<
  Record<'MALLOC_ARENA_MAX' | 'MALLOC_MMAP_THRESHOLD_' | 'MALLOC_TRIM_THRESHOLD_', string>
>;
