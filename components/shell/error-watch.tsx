'use client';

import { useEffect } from 'react';
import { beginTelling } from './tell-error.ts';

/** Stands in every page where errors are reported (`SENTRY_DSN`): what breaks in the browser is told to our own server. */
export function ErrorWatch() {
  useEffect(beginTelling, []);
  return null;
}
