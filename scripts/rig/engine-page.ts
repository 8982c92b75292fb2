import { createDeviceEngine } from '#lib/styles/browser/device-engine.ts';
import { type DeviceEngine, DeviceEngineError } from '#lib/styles/browser/device-view.ts';
import { readSupport } from '#lib/styles/browser/read-support.ts';

/** The engine of the device in a page of its own, for a test or a bench to drive. */
export type EnginePage = {
  readonly support: typeof readSupport;
  engine(options?: Parameters<typeof createDeviceEngine>[0]): DeviceEngine;
  /** A blob as text, to be carried to the test, and back. */
  toText(blob: Blob): Promise<string>;
  toBlob(base64: string, type?: string): Blob;
  /** The code a call ended with, or 'fine'. */
  ending(call: Promise<unknown>): Promise<string>;
};

const page: EnginePage = {
  support: readSupport,
  engine: createDeviceEngine,
  async toText(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  },
  toBlob: (base64, type = '') =>
    new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type }),
  ending: (call) =>
    call.then(
      () => 'fine',
      (error) => (error instanceof DeviceEngineError ? error.code : String(error)),
    ),
};
Object.assign(globalThis, { engines: page });
