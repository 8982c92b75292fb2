import type { Env } from '#lib/core/env/env.ts';
import { openNodeNetwork } from '#lib/styles/parts-model/node-network.ts';
import { PartsModelError } from '#lib/styles/parts-model/open-network.ts';
import { amber, type Check, green, red } from './finding.ts';

/** A photo of one person asks it three times. */
const slowMs = 700;
const side = 256;

/** Opens the operator's parts network as a worker would, and asks it about a grey square. */
export async function checkPartsModel({ partsModel }: Pick<Env, 'partsModel'>): Promise<Check[]> {
  if (!partsModel) return [];
  const todo = 'Bring the file back, or take PARTS_MODEL out: parts are then told apart by our own means.';
  try {
    const network = await openNodeNetwork(partsModel);
    const grey = () => new Float32Array(side * side * 3).fill(0.5);
    await network(grey());
    const start = performance.now();
    const logits = await network(grey());
    const ms = Math.round(performance.now() - start);
    if (!logits.every(Number.isFinite)) return [red('the parts network answers with no numbers', todo)];
    const says = `the parts network answers in ${ms} ms${partsModel.inBrowser ? '; browsers are given it' : ''}`;
    return [
      ms > slowMs
        ? amber(says, 'Every look that is worn waits for it three times: take a smaller one.')
        : green(says),
    ];
  } catch (error) {
    if (error instanceof PartsModelError) return [red(error.message, todo)];
    throw error;
  }
}
