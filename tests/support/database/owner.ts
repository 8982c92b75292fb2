import { createClient } from '#lib/db/client.ts';
import type { PrismaClient } from '#prisma/generated/client.ts';

let client: PrismaClient | undefined;

/** Points {@link ownerDb} at a test's database; `null` closes it. */
export async function useOwner(ownerUrl: string | null): Promise<void> {
  await client?.$disconnect();
  client = ownerUrl === null ? undefined : createClient(ownerUrl, 4);
}

/** The test's database as the owner of its tables: what a fixture writes is nothing that the program may. */
export function ownerDb(): PrismaClient {
  if (!client) throw new Error('The test database exists only inside tests and hooks.');
  return client;
}
