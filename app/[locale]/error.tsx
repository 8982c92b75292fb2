'use client';

import { PageError } from '#components/shell/page-error.tsx';

/** A page that broke. */
export default function BrokenPage({ error, reset }: { error: Error; reset: () => void }) {
  return <PageError error={error} reset={reset} home="/" />;
}
