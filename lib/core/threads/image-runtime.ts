import sharp from 'sharp';
import { perProcess } from '#lib/core/per-process.ts';
import { createLanes, type Lanes } from './lanes.ts';

// libvips keeps decoded pictures and one thread per core by default: on a server that multiplies
// memory by the number of visitors. One thread per picture, nothing kept, and a bounded number at once.
sharp.cache(false);
sharp.concurrency(1);

/** How many light pictures are worked on at once in one process. */
const slots = 2;
/** Who would have to wait behind this many others is told to come back instead. */
const maxWaiting = 64;

/** Work for people with an account comes first; visitors' has half of the room, and only while nobody else waits. */
export type PictureLane = 'person' | 'visitor';

/** The only sharp in the program whose process-wide settings are set. */
export { sharp };

/** Room for decoding and encoding: weight 1 for an ordinary picture, 2 for a very large one. */
export const pictureLanes: Lanes<PictureLane> = perProcess('core.pictureLanes', () =>
  createLanes<PictureLane>(slots, [
    { name: 'person', atOnce: slots, maxWaiting },
    { name: 'visitor', atOnce: 1, maxWaiting: 8 },
  ]),
);

/** How long a request that found the line full should wait. */
export const pictureRetrySeconds = 5;
