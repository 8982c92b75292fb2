import { Missing } from '#components/shell/missing.tsx';

/** What a page shows that found nothing for this reader. */
export default function NotFound() {
  return <Missing />;
}
