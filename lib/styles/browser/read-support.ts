import type { DeviceSupport } from './device-view.ts';

/** What only some browsers tell about the device and the line. */
type Telling = Navigator & {
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
};

/** The shortest module that uses a vector instruction: browsers that refuse it are too slow for the networks. */
const vectorModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253],
  ...[98, 11],
);

/** Gigabytes of memory, as browsers round them, under which a tab that paints is likely to be killed. */
const leastMemory = 1;
const fullMemory = 4;

/** Looks at this browser; only in a browser, after the page has come. */
export function readSupport(): DeviceSupport {
  const { deviceMemory, connection, hardwareConcurrency } = navigator as Telling;
  const hasAll =
    typeof Worker === 'function' &&
    typeof OffscreenCanvas === 'function' &&
    typeof createImageBitmap === 'function' &&
    typeof DecompressionStream === 'function' &&
    typeof WebAssembly === 'object' &&
    WebAssembly.validate(vectorModule);
  if (!hasAll) return { can: false, why: 'oldBrowser' };
  if (connection?.saveData) return { can: false, why: 'saveData' };
  if (deviceMemory !== undefined && deviceMemory < leastMemory) return { can: false, why: 'littleMemory' };
  const isSmall = (deviceMemory ?? fullMemory) < fullMemory || (hardwareConcurrency ?? 4) < 4;
  return { can: true, stageSide: isSmall ? 512 : 768 };
}
