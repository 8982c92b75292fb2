'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const carriesFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/**
 * Files that are dropped anywhere on the page or pasted into it. A file dropped beside the target would
 * otherwise replace the page. Answers whether one is held over the page now.
 */
export function usePageFiles(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    document.addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        clearTimeout(leaving);
        setIsOver(true);
      },
      { signal },
    );
    // Leaving fires for every element that is crossed; only silence afterwards means it.
    const leave = () => {
      clearTimeout(leaving);
      leaving = setTimeout(() => setIsOver(false), 80);
    };
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        setIsOver(false);
        take([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    document.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        take(files);
      },
      { signal },
    );
    return () => {
      listeners.abort();
      clearTimeout(leaving);
    };
  }, []);

  return isOver;
}
