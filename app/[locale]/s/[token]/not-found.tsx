import { ClosedLink } from '#components/sharing/closed-link.tsx';
import { tokenOfPage } from '#components/sharing/token-of-page.ts';
import { Missing } from '#components/shell/missing.tsx';
import { getSharePage } from '#lib/sharing/result-link/queries.ts';

/** A result that is shared no more, or never was: 404 for programs, and people are told which. */
export default async function ShareNotFound() {
  const token = await tokenOfPage();
  const page = token === null ? null : await getSharePage(token);
  return page?.state === 'closed' ? <ClosedLink shop={null} /> : <Missing />;
}
