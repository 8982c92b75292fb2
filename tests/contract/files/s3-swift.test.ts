import { test } from 'vitest';
import { hasSwift } from '#tests/support/servers/swift-server.ts';

// The same cases at a real engine. The quick tier has a server from npm.
process.env.TEST_S3_ENGINE = 'swift';
if (process.env.TEST_FULL && hasSwift) await import('./s3-store.test.ts');
else if (process.env.TEST_FULL)
  test.skip('Swift is not installed: apt-get install swift-proxy swift-account swift-container swift-object', () =>
    undefined);
else test.skip('the cases of a bucket at OpenStack Swift are in the full tier', () => undefined);
