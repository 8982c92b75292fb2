'use client';

import { useEffect } from 'react';
import { tellVisit } from './visits.ts';

/** Says that a page of a gallery is looked at, once it is on the screen. */
export function VisitBeacon({ vendor, album }: { vendor: string; album?: string }) {
  useEffect(() => tellVisit(album ? { vendor, album } : { vendor }), [vendor, album]);
  return null;
}
