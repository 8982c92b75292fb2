/** What was said already in this document: each thing is said once. */
const said = new Set<string>();

/** Tells the server what is looked at. Nothing waits for it and nothing is heard of it. */
export function tellVisit(seen: {
  vendor?: string;
  album?: string;
  images?: readonly string[];
  clicked?: string;
  scanned?: boolean;
}): void {
  const key = JSON.stringify(seen);
  if (said.has(key)) return;
  said.add(key);
  navigator.sendBeacon?.('/api/visits', new Blob([key], { type: 'application/json' }));
}
