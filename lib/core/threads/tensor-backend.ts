import { fileURLToPath } from 'node:url';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';

let started: Promise<void> | undefined;

/** Gets this thread ready to run the small networks we carry: WebAssembly, one thread, nothing from the net. */
export function startTensors(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  const folder = new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'));
  setWasmPaths(fileURLToPath(folder));
  setThreadsCount(1);
  await setBackend('wasm');
  await ready();
}
