'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { focusPageIfLost } from './focus-place.ts';

/** A title that is on its way longer than this is the one that stands there, or none: the heading tells then. */
const patienceMs = 5000;

type Title = { readonly element: Element | null; readonly text: string };
const titleNow = (): Title => ({
  element: document.head.querySelector('title'),
  text: document.title.trim(),
});
const isOther = (now: Title, before: Title) => now.element !== before.element || now.text !== before.text;

/**
 * Says the title of a page that was come to without a load, once it is there: the title of a page is sent after its content,
 * and until then the one before stands there, or none. Then, where nothing has the focus, the heading gets it. A page of the same path is another one
 * when its title is. The framework's own announcer, which reads the title too early, is not displayed (`globals.css`).
 */
export function PageTold() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const [told, tell] = useState('');
  const title = useRef<Title>({ element: null, text: '' });
  const at = useRef<string | null>(null);

  useEffect(() => {
    // What a page calls itself while one is on it: the next one's is another.
    const observer = new MutationObserver(() => {
      title.current = titleNow();
    });
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, []);

  // Before the observer hears of it: a title may come in one piece with its page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query makes another page, whatever it says
  useLayoutEffect(() => {
    const from = at.current;
    at.current = path;
    const before = title.current;
    title.current = titleNow();
    if (from === null) return;
    const arrive = (text: string) => {
      stop();
      // The same title twice is another page: a region that does not change is not read.
      tell((said) => (said === text ? `${text}\u00a0` : text));
      focusPageIfLost();
    };
    const look = () => {
      const now = titleNow();
      if (now.text && isOther(now, before) && (from !== path || now.text !== before.text)) arrive(now.text);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => {
      const heading = document.querySelector('main h1')?.textContent?.trim();
      if (from !== path) arrive(titleNow().text || heading || '');
      else stop();
    }, patienceMs);
    const stop = () => {
      observer.disconnect();
      clearTimeout(timer);
    };
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    look();
    return stop;
  }, [path, query]);

  return (
    <p aria-live="polite" className="sr-only" data-page-told>
      {told}
    </p>
  );
}
