import { useEffect, useState } from 'react';
import { drawStill, encodeCanvas, loadPicture, openCanvas } from './compose.ts';
import { layOut, type ShareFormat } from './layout.ts';
import { recordReveal } from './record-reveal.ts';

/** What is shared, by its addresses: the full size, and one that is large enough for a screen. */
export type SharedPictures = {
  readonly name: string;
  readonly result: { readonly original: string; readonly screen: string };
  readonly source: string | null;
};

export type Prepared =
  | { readonly state: 'making'; readonly share: number | null }
  | { readonly state: 'ready'; readonly file: File; readonly address: string }
  | { readonly state: 'failed' };

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

async function make(
  pictures: SharedPictures,
  wish: { format: ShareFormat; mark: string | null; direction: 'rtl' | 'ltr' },
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Blob> {
  const { format, mark, direction } = wish;
  if (format === 'whole' && !mark) {
    // The very bytes that are kept: nothing is encoded again.
    const answer = await fetch(pictures.result.original, { signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.blob();
  }
  const address = format === 'whole' ? pictures.result.original : pictures.result.screen;
  const needsSource = (format === 'pair' || format === 'reveal') && pictures.source !== null;
  const [result, source] = await Promise.all([
    loadPicture(address),
    needsSource && pictures.source ? loadPicture(pictures.source) : null,
    // The mark is written in the page's own letters.
    mark ? document.fonts.load('600 30px Vazirmatn', mark) : null,
  ]);
  const sizeOf = (picture: HTMLImageElement) => ({
    width: picture.naturalWidth,
    height: picture.naturalHeight,
  });
  const layout = layOut(format, sizeOf(result), source && sizeOf(source), direction);
  if (format === 'reveal' && source) {
    return recordReveal({ layout, result, source, direction, mark }, signal, onShare);
  }
  const { canvas, context } = openCanvas(layout);
  drawStill(context, layout, { result, source }, mark);
  return encodeCanvas(canvas, 'image/jpeg');
}

const revokedAfterMs = 2000;

/** The file of a format, made as soon as it is chosen, so that a press on "share" has it in hand. */
export function useShareFile(
  pictures: SharedPictures,
  wish: { format: ShareFormat; mark: string | null; direction: 'rtl' | 'ltr' },
): Prepared {
  const [prepared, setPrepared] = useState<Prepared>({ state: 'making', share: null });
  const { name, source } = pictures;
  const { original, screen } = pictures.result;
  const { format, mark, direction } = wish;
  useEffect(() => {
    const gone = new AbortController();
    let address: string | null = null;
    setPrepared({ state: 'making', share: null });
    const onShare = (share: number) => {
      if (!gone.signal.aborted) setPrepared({ state: 'making', share });
    };
    make(
      { name, source, result: { original, screen } },
      { format, mark, direction },
      gone.signal,
      onShare,
    ).then(
      (blob) => {
        if (gone.signal.aborted) return;
        const file = new File([blob], `${name}.${endings[blob.type] ?? 'jpg'}`, { type: blob.type });
        address = URL.createObjectURL(file);
        setPrepared({ state: 'ready', file, address });
      },
      () => {
        if (!gone.signal.aborted) setPrepared({ state: 'failed' });
      },
    );
    return () => {
      gone.abort();
      const old = address;
      // Once the page does not show it any more: a film that still plays would ask for it.
      if (old) setTimeout(() => URL.revokeObjectURL(old), revokedAfterMs);
    };
  }, [name, source, original, screen, format, mark, direction]);
  return prepared;
}
