import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { askNetworks } from '#lib/core/threads/network-host.ts';
import { ThreadError } from '#lib/core/threads/threads.ts';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { LookObstacle } from '../paint/looks/order.ts';
import type { PhotoMeasures } from '../paint/study-photo.ts';
import type { NetworkAnswer, NetworkQuestion, StudyRequest, StudyValue } from './thread-messages.ts';

const file = 'lib/styles/node/network-answers.ts';
/** Cold, on a machine that is very busy; warm it is a fifth of a second. */
const timeoutMs = 30_000;

/** Measures a photo on a thread beside this one. Fails with `file.damaged` for what cannot be decoded. */
export async function measurePhoto(photo: Buffer): Promise<Result<PhotoMeasures>> {
  const studied = await study({ photo: Uint8Array.from(photo) });
  if (!studied.ok) return studied;
  return 'measures' in studied.value
    ? succeed(studied.value.measures)
    : fail('internal', 'no measures came back');
}

/** Looks on the same thread what keeps a look from being tried on in a photo; null when nothing does. */
export async function findPhotoObstacle(
  photo: Buffer,
  look: Pick<LookOrder, 'kind' | 'taps'>,
): Promise<Result<LookObstacle | null>> {
  const studied = await study({ photo: Uint8Array.from(photo), look });
  if (!studied.ok) return studied;
  return succeed('obstacle' in studied.value ? studied.value.obstacle : null);
}

async function study(request: StudyRequest): Promise<Result<StudyValue>> {
  try {
    const value = await askNetworks<StudyValue>(
      { file, request },
      { lane: 'look', whose: 'photos', timeoutMs },
    );
    return value ? succeed(value) : fail('service.unavailable', 'too many photos wait to be measured');
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    if (!error.broke) return fail('file.damaged', error.message);
    log.error({ err: error }, 'a photo could not be measured');
    return fail('service.unavailable', error.message);
  }
}

/** Answers what a render asks a network. Throws {@link ThreadError}. */
export async function askNetwork(question: NetworkQuestion): Promise<NetworkAnswer> {
  const answer = await askNetworks<NetworkAnswer>(
    { file, request: question },
    { lane: 'render', whose: '', timeoutMs },
  );
  if (!answer) throw new ThreadError('too many renders ask at once', false);
  return answer;
}
