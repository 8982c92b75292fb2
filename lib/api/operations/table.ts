import type { Operation } from '#lib/auth/door/token-route.ts';
import { accountOperations } from './account.ts';
import { albumOperations } from './album.ts';
import { conversionOperations } from './conversion.ts';
import { kitOperations } from './kit.ts';
import { lookOperations } from './look.ts';
import { photoOperations } from './photo.ts';
import { pictureOperations } from './picture.ts';

/** Everything that a program can do: the router of `/api/v1` and its document are made of this. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...lookOperations,
  ...kitOperations,
  ...photoOperations,
  ...conversionOperations,
  ...pictureOperations,
  ...albumOperations,
];
