'use client';

import { useState } from 'react';
import { usePageFiles } from '#components/files/use-page-files.ts';
import { useUploads } from '#components/files/use-uploads.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import type { ImageView } from '#lib/files/image/view.ts';

type Options = {
  /** What the person was shown and agrees to by sending. */
  agreedTo: string;
  /** How many photos there are already. */
  held: number;
  onPhoto: (photo: ImageView) => void;
  /** Called whenever files are brought, before anything is sent. */
  onFiles: () => void;
};

/** Takes photos in, two at a time, from the zone, the page and the clipboard: as many as go in one request. */
export function useIntake({ agreedTo, held, onPhoto, onFiles }: Options) {
  const [leftOut, setLeftOut] = useState(0);
  const uploads = useUploads({ route: 'photo', agreedTo, atOnce: 2, onUploaded: onPhoto });
  // What has arrived stands among the photos.
  const items = uploads.items.filter(({ sending: { phase } }) => phase !== 'done');
  const arriving = items.filter(({ sending: { phase } }) => phase !== 'failed').length;
  const room = Math.max(0, conversionLimits.batch - held - arriving);

  const take = (sent: readonly File[]) => {
    setLeftOut(Math.max(0, sent.length - room));
    onFiles();
    // Whoever brings another file has read why the last one was refused.
    for (const { id, sending } of items) if (sending.phase === 'failed') uploads.remove(id);
    uploads.add(sent.slice(0, room));
  };
  return {
    take,
    /** Files are held over the page now. */
    isOver: usePageFiles(take),
    controls: { ...uploads, items },
    arriving,
    hasFailed: items.length > arriving,
    leftOut,
    canAdd: room > 0,
  };
}
