const againMs = 10_000;
const asks = 3;

async function askOnce(): Promise<string | null> {
  try {
    const answer = await fetch('/api/health/live', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    const { release } = (await answer.json()) as { release?: string | null };
    return release ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether every server that answers has another release than the page. While servers are changed one by one, some still
 * have the page's own, and reloading would bring nothing.
 *
 * @param isOver Asked between two questions; ends the asking.
 */
export async function isReleaseOver(release: string, isOver: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < asks; turn += 1) {
    if (turn > 0) await new Promise((resolve) => setTimeout(resolve, againMs));
    if (isOver()) return false;
    const answered = await askOnce();
    if (answered === null || answered === release) return false;
  }
  return true;
}
