import { setFastKernels } from '../paint/kernels/fast.ts';
import { startKernels } from '../wasm/start-kernels.ts';

/** Whoever paints or reads pictures in Node.js imports this first: the inner loops then run in WebAssembly. */
setFastKernels(startKernels());
