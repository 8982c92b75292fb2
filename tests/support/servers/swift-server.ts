import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '#lib/core/env/storage-env.ts';

/** OpenStack Swift with its s3api, as Debian has it: swift-proxy swift-account swift-container swift-object. */
export const hasSwift = [
  '/usr/bin/swift-ring-builder',
  '/usr/bin/swift-proxy-server',
  '/usr/bin/swift-object-server',
  '/usr/lib/python3/dist-packages/swift/common/middleware/s3api/s3api.py',
].every((path) => existsSync(path));

/** A list has so few keys a page here that every longer one is read in several. */
const keysOnAPage = 5;
const key = { accessKeyId: 'test:tester', secretAccessKey: 'testing' };
const servers = ['account', 'container', 'object', 'proxy'] as const;

/** Its own settings are read from one fixed path: this puts ours in its place, and then starts the server as its program does. */
const launcher = `
import os, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
from swift.common import utils
utils.SWIFT_CONF_FILE = sys.argv[1]
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3] + '-server'))
`;

/** Its sign-in wants a Memcached to keep tokens in; signed requests have none, so the process's own memory does. */
const memory = `
class Memory:
    def __init__(self):
        self.kept = {}
    def set(self, key, value, **more):
        self.kept[key] = value
    def get(self, key, *more, **named):
        return self.kept.get(key)
    def delete(self, key, *more, **named):
        self.kept.pop(key, None)
def factory(conf, **local):
    cache = Memory()
    def wrap(app):
        def call(env, start):
            env['swift.cache'] = cache
            return app(env, start)
        return call
    return wrap
`;

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  await new Promise((resolve) => taken.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function pipelineOf(name: (typeof servers)[number], folder: string): string {
  if (name !== 'proxy')
    return `[pipeline:main]\npipeline = ${name}-server\n[app:${name}-server]\nuse = egg:swift#${name}\nmount_check = false\ndevices = ${folder}/devices`;
  return `[pipeline:main]
pipeline = catch_errors gatekeeper memory proxy-logging listing_formats s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:memory]
paste.filter_factory = memory:factory
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
max_bucket_listing = ${keysOnAPage}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo`;
}

/** Four servers with one replica on loopback, and a bucket. Nothing outside of a temporary folder is written. */
export async function startSwift(): Promise<{ settings: S3Settings; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'stayler-swift-'));
  mkdirSync(join(folder, 'devices', 'd1'), { recursive: true });
  const conf = join(folder, 'swift.conf');
  writeFileSync(
    conf,
    '[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n[storage-policy:0]\nname = one\ndefault = yes\n',
  );
  writeFileSync(join(folder, 'memory.py'), memory);
  const running: ChildProcess[] = [];
  let proxyPort = 0;
  for (const name of servers) {
    const port = await freePort();
    if (name === 'proxy') proxyPort = port;
    else {
      const ring = (...words: string[]) =>
        execFileSync('/usr/bin/swift-ring-builder', [join(folder, `${name}.builder`), ...words], {
          stdio: 'ignore',
        });
      ring('create', '4', '1', '1');
      ring('add', `r1z1-127.0.0.1:${port}/d1`, '1');
      ring('rebalance');
    }
    const file = join(folder, `${name}-server.conf`);
    const head = `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nswift_dir = ${folder}\nuser = ${userInfo().username}\nrecon_cache_path = ${folder}\nlog_level = ERROR\n`;
    writeFileSync(file, `${head}${pipelineOf(name, folder)}\n`);
    running.push(spawn('/usr/bin/python3', ['-c', launcher, conf, file, name], { stdio: 'ignore' }));
  }
  const settings: S3Settings = {
    endpoint: `http://127.0.0.1:${proxyPort}`,
    bucket: 'pictures',
    region: 'us-east-1',
    ...key,
    pathStyle: true,
  };
  const stop = async () => {
    for (const server of running) server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  const signer = new AwsClient({ ...key, region: settings.region, service: 's3', retries: 0 });
  for (let tries = 0; ; tries += 1) {
    const answer = await signer
      .fetch(`${settings.endpoint}/${settings.bucket}`, { method: 'PUT', signal: AbortSignal.timeout(5000) })
      .catch(() => null);
    if (answer?.ok) return { settings, stop };
    if (tries === 90) {
      await stop();
      throw new Error(`Swift does not make a bucket: ${answer?.status ?? 'no answer'}`);
    }
    await sleep(500);
  }
}
