import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './root.ts';

/** The kernels' source; not named `.ts`, as it is AssemblyScript and no program of ours may import it. */
const source = join(root, 'lib', 'styles', 'wasm', 'kernels.as');

/** Compiles the kernels: the text of lib/styles/wasm/compiled.ts. Throws with what the compiler says. */
export async function compileKernels(): Promise<string> {
  const folder = await mkdtemp(join(root, 'node_modules', '.cache-kernels-'));
  try {
    const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
    await copyFile(source, join(folder, 'kernels.ts'));
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1'];
    const { status, stderr } = spawnSync(
      process.execPath,
      [compiler, 'kernels.ts', '-o', 'kernels.wasm', ...options],
      { cwd: folder, encoding: 'utf8', timeout: 120_000 },
    );
    if (status !== 0) throw new Error(`The kernels do not compile:\n${stderr}`);
    const bytes = await readFile(join(folder, 'kernels.wasm'));
    return `/** Written by scripts/make-kernels.ts from kernels.as: WebAssembly in base 64. */
export const compiled =
  '${bytes.toString('base64')}';
`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
