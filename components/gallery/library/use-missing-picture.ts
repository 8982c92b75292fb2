import { useEffect, useRef, useState } from 'react';

/**
 * Whether the picture inside does not come: the file of a refused one is deleted while its row stays. The second
 * look is for one that failed before this ran.
 */
export function useMissingPicture() {
  const inside = useRef<HTMLDivElement>(null);
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const image = inside.current?.querySelector('img');
    if (image?.complete && image.currentSrc && image.naturalWidth === 0) setGone(true);
  }, []);
  return { isGone, watch: { ref: inside, onErrorCapture: () => setGone(true) } };
}
