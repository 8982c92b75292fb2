'use client';

import { PageError } from '#components/shell/page-error.tsx';

/** A page of the vendor's area that broke; its places stay beside it. */
export default function BrokenPage({ error, reset }: { error: Error; reset: () => void }) {
  return <PageError error={error} reset={reset} home="/vendor" />;
}
