import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { createSemaphore, type Semaphore } from '#lib/core/threads/lanes.ts';
import { createThreads, ThreadError, type Threads } from '#lib/core/threads/threads.ts';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { LookObstacle } from '../paint/looks/order.ts';
import type { PhotoMeasures } from '../paint/study-photo.ts';
import type { StudyRequest, StudyValue } from './thread-messages.ts';

type Student = {
  readonly threads: Threads<StudyRequest, never, StudyValue>;
  /** One photo at a time; who would wait behind many others is told to come back. */
  readonly turn: Semaphore;
};

const idleMs = 60_000;
/** Cold, on a machine that is very busy; warm it is a fifth of a second. */
const timeoutMs = 30_000;
const mostWaiting = 12;

// Next.js bundles routes apart from each other; there is one such thread in a process.
const shared = perProcess<{ student?: Student }>('styles.student');

function student(): Student {
  shared.student ??= {
    threads: createThreads({
      name: 'study',
      file: 'lib/styles/node/study-thread.ts',
      mostIdle: 1,
      idleMs,
    }),
    turn: createSemaphore(1, mostWaiting),
  };
  return shared.student;
}

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
  const { threads, turn } = student();
  try {
    const value = await turn.run(1, () => threads.run({ request, signal: AbortSignal.timeout(timeoutMs) }));
    return value ? succeed(value) : fail('service.unavailable', 'too many photos wait to be measured');
  } catch (error) {
    if (!(error instanceof ThreadError)) throw error;
    if (!error.broke) return fail('file.damaged', error.message);
    log.error({ err: error }, 'a photo could not be measured');
    return fail('service.unavailable', error.message);
  }
}
