'use client';

import { PageError } from '#components/shell/page-error.tsx';

/** A page that broke. */
export default function BrokenPage({ reset }: { error: Error; reset: () => void }) {
  return <PageError reset={reset} home="/" />;
}
