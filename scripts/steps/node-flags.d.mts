export function nodeFlags(command: string, rest?: readonly string[]): string[];
