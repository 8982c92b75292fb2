import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileKernels } from './steps/compile-kernels.ts';
import { root } from './steps/root.ts';

/** Compiles lib/styles/wasm/kernels.as after it has changed: node scripts/make-kernels.ts */
const text = await compileKernels();
await writeFile(join(root, 'lib', 'styles', 'wasm', 'compiled.ts'), text);
console.log(`${text.length} letters`);
