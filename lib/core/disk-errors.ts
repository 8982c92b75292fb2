/** The disk, or this account's share of it, is full. */
export function isDiskFull(error: unknown): error is NodeJS.ErrnoException {
  return hasCode(error, ['ENOSPC', 'EDQUOT']);
}

export function isMissing(error: unknown): error is NodeJS.ErrnoException {
  return hasCode(error, ['ENOENT', 'ENOTDIR']);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
