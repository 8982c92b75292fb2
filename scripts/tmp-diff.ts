import { readSchema } from '#lib/db/migration-files.ts';
import { withSchemaEngine } from '#lib/db/schema-engine.ts';

const url = process.argv[2]!;
const schema = await readSchema();
const r = await withSchemaEngine(url, (e) =>
  e.diff({
    from: { tag: 'schemaDatasource', files: [schema], configDir: '.' },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  } as never),
);
console.log(r.exitCode);
console.log(r.stdout);
