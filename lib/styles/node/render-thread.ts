import { answerTasks, askHost, letGo } from '#lib/core/threads/thread-side.ts';
import { LookImpossible } from '../paint/looks/wear-look.ts';
import type { Models } from '../paint/people/models.ts';
import { whenMuchIsMade } from '../paint/raster.ts';
import type { StyleStage } from '../style-engine.ts';
import { renderPhoto } from './render-photo.ts';
import type { NetworkAnswer, NetworkQuestion, RenderRequest, RenderValue } from './thread-messages.ts';

whenMuchIsMade(20_000_000, letGo);

const askNetwork = askHost<NetworkQuestion, NetworkAnswer>();

/** The networks, which another thread holds for all that render. */
const models: Models = {
  run: async (name, pixels) => [...((await askNetwork({ name, pixels })).outputs ?? [])],
  parts: async (pixels) => (await askNetwork({ name: 'parts', pixels })).outputs?.[0]?.values ?? null,
};

/** Where one photo follows the other, what the last one left is taken away with what the next one leaves. */
const restMs = 250;

/** Runs in a worker thread: renders one photo at a time and reports as it goes. */
answerTasks<RenderRequest, StyleStage, RenderValue>(
  async ({ photo, ...look }, note) => {
    try {
      const { bytes, ...rest } = await renderPhoto(Buffer.from(photo), look, models, note);
      return { bytes: Uint8Array.from(bytes), ...rest };
    } catch (error) {
      if (error instanceof LookImpossible) return { impossible: error.obstacle };
      throw error;
    }
  },
  { restMs },
);
