/**
 * The release that this server runs, as the framework names it in its own requests (`x-deployment-id`); null in
 * development. Written by the build, read by `scripts/web.ts`.
 */
export function runningRelease(): string | null {
  return process.env.NEXT_DEPLOYMENT_ID || null;
}
