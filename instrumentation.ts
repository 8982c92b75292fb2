/** Runs once in each server process, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recordPeerAddresses } = await import('#lib/rate-limit/peer-address.ts');
  recordPeerAddresses();
  const { recordRequestDurations } = await import('#lib/admin/request-durations.ts');
  recordRequestDurations();
}
