/**
 * When the page was first painted, its scripts were first asked for, and it was loaded, in milliseconds; null: never. What is
 * left of what kept its scripts waiting. Runs in the page.
 */
export const pageTimes = () => {
  const asked = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\/_next\/static\/chunks\/.*\.js/.test(name))
    .map(({ startTime }) => startTime);
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return {
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    asked: asked.length > 0 ? Math.min(...asked) : null,
    loaded: visit?.loadEventStart ?? null,
    left: document.querySelectorAll('script[type="text/waiting"], iframe').length,
  };
};

/** Whether a page was painted before it asked for a script, and loaded after it. */
export const inOrder = ({ painted, asked, loaded, left }: ReturnType<typeof pageTimes>): boolean =>
  left === 0 && painted !== null && asked !== null && loaded !== null && painted <= asked && asked < loaded;
