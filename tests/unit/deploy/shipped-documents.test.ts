import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { storageVariables } from '#lib/core/env/storage-env.ts';
import { root } from '#scripts/steps/root.ts';

const shipped = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(ya?ml|json)$/.test(path) && existsSync(join(root, path)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documentsOf = (path: string): unknown[] =>
  parseAllDocuments(read(path), { merge: true }).map((document) => document.toJS());

const headings = new Set(
  [...read('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  ),
);

/** Names of variables that the program knows, by the example that is kept complete. */
const known = new Set(
  [...read('.env.example').matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map(([, name = '']) => name),
);

it.each(shipped)('%s can be read', (path) => {
  if (path.endsWith('.json')) {
    expect(() => JSON.parse(read(path))).not.toThrow();
    return;
  }
  for (const document of parseAllDocuments(read(path), { merge: true, strict: true, uniqueKeys: true })) {
    expect([...document.errors, ...document.warnings]).toEqual([]);
  }
});

it('names every variable of storage in the example', () => {
  expect(Object.keys(storageVariables).filter((name) => !known.has(name))).toEqual([]);
});

describe('compose', () => {
  const text = z.string();
  const seconds = z.string().regex(/^\d+s$/);
  const service = z.strictObject({
    image: text,
    build: z
      .strictObject({
        context: text,
        args: z.record(text, text).optional(),
        secrets: z.array(text).optional(),
      })
      .optional(),
    init: z.boolean().optional(),
    restart: z.enum(['unless-stopped', 'no']).optional(),
    stop_signal: text.optional(),
    stop_grace_period: seconds.optional(),
    shm_size: text.optional(),
    cap_drop: z.array(text).optional(),
    security_opt: z.array(text).optional(),
    ulimits: z.record(text, z.int()).optional(),
    env_file: z.array(z.strictObject({ path: text, required: z.boolean() })).optional(),
    environment: z.record(text, text).optional(),
    command: z.array(text).optional(),
    entrypoint: z.array(text).optional(),
    ports: z.array(text).optional(),
    volumes: z.array(text).optional(),
    configs: z.array(z.strictObject({ source: text, target: text })).optional(),
    depends_on: z
      .record(
        text,
        z.strictObject({
          condition: z.enum(['service_healthy', 'service_completed_successfully', 'service_started']),
        }),
      )
      .optional(),
    deploy: z.strictObject({ replicas: z.int() }).optional(),
    healthcheck: z
      .strictObject({
        test: z.array(text),
        interval: seconds,
        timeout: seconds,
        retries: z.int(),
        start_period: seconds.optional(),
      })
      .optional(),
  });
  const compose = z.looseObject({
    name: text.optional(),
    services: z.record(text, service),
    volumes: z.record(text, z.null()).optional(),
    secrets: z.record(text, z.strictObject({ environment: text })).optional(),
  });

  it.each(shipped.filter((path) => /(^|\/)compose[^/]*\.yaml$/.test(path)))('%s is one', (path) => {
    const { services, volumes, secrets } = compose.parse(parse(read(path), { merge: true }));
    for (const [name, one] of Object.entries(services)) {
      for (const other of Object.keys(one.depends_on ?? {})) {
        expect(Object.keys(services), `${name} waits for ${other}`).toContain(other);
        const condition = one.depends_on?.[other]?.condition;
        if (condition === 'service_healthy') expect(services[other]?.healthcheck, other).toBeDefined();
      }
      for (const mount of one.volumes ?? []) {
        const [source = ''] = mount.split(':');
        if (!/^[./]/.test(source)) expect(Object.keys(volumes ?? {})).toContain(source);
      }
      for (const secret of one.build?.secrets ?? []) expect(Object.keys(secrets ?? {})).toContain(secret);
    }
  });
});

describe('Kubernetes', () => {
  const folder = 'docs/deploy/kubernetes';
  const kustomization = z
    .strictObject({
      apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
      kind: z.literal('Kustomization'),
      namespace: z.string(),
      resources: z.array(z.string()),
      images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })),
      secretGenerator: z.array(z.strictObject({ name: z.string(), envs: z.array(z.string()) })),
    })
    .parse(parse(read(`${folder}/kustomization.yaml`)));

  const labels = z.record(z.string(), z.string());
  const probe = z.strictObject({
    httpGet: z.strictObject({ path: z.string(), port: z.string() }),
    periodSeconds: z.int(),
    timeoutSeconds: z.int().optional(),
    failureThreshold: z.int().optional(),
  });
  const container = z.strictObject({
    name: z.string(),
    image: z.literal('ai-stayler'),
    args: z.array(z.string()),
    ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })).optional(),
    env: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
    envFrom: z.array(z.strictObject({ secretRef: z.strictObject({ name: z.string() }) })),
    volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })).optional(),
    startupProbe: probe.optional(),
    livenessProbe: probe.optional(),
    readinessProbe: probe.optional(),
    lifecycle: z.unknown().optional(),
    resources: z.strictObject({ requests: labels, limits: labels }),
    securityContext: z.strictObject({
      allowPrivilegeEscalation: z.literal(false),
      capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
    }),
  });
  const pod = z.looseObject({
    containers: z.array(container).length(1),
    volumes: z.array(z.looseObject({ name: z.string() })).optional(),
    securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
  });
  const all = kustomization.resources.flatMap(
    (path) => documentsOf(join(folder, path)) as { kind: string; metadata: { name: string } }[],
  );
  const spec = (one: unknown) => (one as { spec: Record<string, unknown> }).spec;

  it('runs each command that the image has, as nobody, with the secret that is made', () => {
    const workloads = all.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
    expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(['migrate', 'web', 'worker']);
    for (const workload of workloads) {
      const template = spec(workload).template as { metadata?: { labels: object }; spec: unknown };
      const { containers, volumes } = pod.parse(template.spec);
      const [one] = containers;
      if (!one) throw new Error('no container');
      expect(existsSync(join(root, 'scripts', `${one.args[0]}.ts`)), one.args[0]).toBe(true);
      expect(one.envFrom.map(({ secretRef }) => secretRef.name)).toEqual(
        kustomization.secretGenerator.map(({ name }) => name),
      );
      const ports = one.ports?.map(({ name }) => name) ?? [];
      for (const each of [one.startupProbe, one.livenessProbe, one.readinessProbe])
        if (each) expect(ports).toContain(each.httpGet.port);
      for (const { name } of one.volumeMounts ?? [])
        expect(volumes?.map((volume) => volume.name)).toContain(name);
      for (const { name } of one.env ?? []) expect(known, name).toContain(name);
      const selector = spec(workload).selector as { matchLabels: object } | undefined;
      if (selector) expect(template.metadata?.labels).toMatchObject(selector.matchLabels);
    }
  });

  it('keeps one of each through a disruption, and scales what is there', () => {
    const names = new Set(
      all.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name),
    );
    const kinds = (kind: string) => all.filter((one) => one.kind === kind);
    expect(
      kinds('PodDisruptionBudget')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual([...names].sort());
    const scaled = kinds('HorizontalPodAutoscaler').map(
      (one) => (spec(one).scaleTargetRef as { name: string }).name,
    );
    expect(scaled.sort()).toEqual([...names].sort());
  });
});

describe('alerts', () => {
  const rules = z
    .strictObject({
      groups: z.array(
        z.strictObject({
          name: z.string(),
          rules: z.array(
            z.strictObject({
              alert: z.string(),
              expr: z.string(),
              for: z.string().optional(),
              labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
              annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
            }),
          ),
        }),
      ),
    })
    .parse(parse(read('docs/deploy/prometheus/alerts.yaml')))
    .groups.flatMap((group) => group.rules);

  it.each(rules)('$alert leads to what to do', ({ annotations }) => {
    const [path, section = ''] = annotations.runbook.split('#');
    expect(path).toBe('docs/operations.md');
    expect(headings).toContain(section);
  });
});

it('the workflow runs what is there', () => {
  for (const path of shipped.filter((one) => dirname(one) === '.github/workflows')) {
    const { jobs } = parse(read(path)) as { jobs: Record<string, { steps: { run?: string }[] }> };
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.some((run) => run.includes('.ci/run'))).toBe(true);
  }
});
