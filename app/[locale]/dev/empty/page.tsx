import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { env } from '#lib/core/env/env.ts';

/** Nothing within our frame, made anew for every visitor: what pages are measured against (`npm run bench -- pages`). */
export default async function EmptyPage() {
  await connection();
  if (env().isProduction) notFound();
  return (
    <main id="main">
      <h1 className="page py-12">0</h1>
    </main>
  );
}
