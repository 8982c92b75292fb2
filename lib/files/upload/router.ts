import { createUploadthing, type FileRouter, UploadThingError, UTFiles } from 'uploadthing/server';
import { errorStatus } from '#lib/core/errors.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { type Failure, fail, type Result } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { unavailableCode } from '#lib/db/unavailable.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { cleanFileName } from '../image/clean-name.ts';
import type { Owner } from '../image/store.ts';
import { agreeToPhotos } from '../photo/agree-to-photos.ts';
import { uploadLimits } from '../policy.ts';
import { addGalleryImage, addPhoto } from './add-image.ts';
import { galleryInput, type UploadMetadata, uploadInput } from './input.ts';
import { isPassing, reserveFiles } from './reserve-files.ts';
import { refuseUpload, reopenUpload, type UploadAnswer } from './store.ts';

/** What the routes ask of the rest of the program. */
export type UploadPorts = {
  /** Who sends the request, by its cookies alone: the SDK mixes up everything that travels with the task. */
  readonly userOf: (request: Request) => Promise<{ readonly userId: string } | null>;
  readonly vendorOf: (request: Request) => Promise<{ readonly vendorId: string } | null>;
  /** Puts an image that was sent to an album there, in the transaction that records it. */
  readonly place?: (tx: Tx, image: { vendorId: string; albumId: string; imageId: string }) => Promise<void>;
  /** Whether an album of the vendor's keeps files as they are sent. */
  readonly keepsSent?: (album: { vendorId: string; albumId: string }) => Promise<boolean>;
  /** The bytes of an upload that has arrived whole. */
  readonly bytesOf: (file: ArrivedFile) => Promise<Result<Buffer>>;
  /**
   * Where uploads arrive elsewhere: called before one is taken in, so that a report that comes twice makes one
   * image. An answer means that it was taken in before.
   */
  readonly arrived?: (file: ArrivedFile, slug: string, owner: Owner) => Promise<UploadAnswer | null>;
  /** What was sent is needed no more. */
  readonly settled?: (file: ArrivedFile) => Promise<void>;
};

type ArrivedFile = {
  readonly customId: string | null;
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
};

type DeclaredFile = { readonly name: string; readonly size: number; readonly type: string };

const route = createUploadthing({ errorFormatter: ({ message }) => ({ message }) });

/** Whatever may be a picture: the bytes decide. UploadThing knows powers of two only, our own limit below is exact. */
function routeConfig<Size extends '16MB' | '32MB'>(maxFileSize: Size, maxFileCount: number) {
  const rule = { maxFileSize, maxFileCount, acl: 'private' } as const;
  return { image: rule, blob: rule } as const;
}

const options = { awaitServerData: true, presignedURLTTL: uploadLimits.addressTtlSeconds } as const;

/** UploadThing's file router: `photo` for users, `gallery` for vendors. */
export function createUploadRouter(ports: UploadPorts) {
  return {
    photo: route(routeConfig('16MB', 1), options)
      .input(uploadInput)
      .middleware(({ req, files, input }) =>
        reachable(async () => {
          const user = await ports.userOf(req);
          if (!user) throw refusal(fail('auth.required', 'no session'));
          const agreed = await agreeToPhotos(user.userId, input?.agreedTo);
          if (!agreed.ok) throw refusal(agreed);
          return permit({ userId: user.userId }, 'file.upload', files);
        }),
      )
      .onUploadComplete(async ({ metadata, file }) => {
        const { userId } = metadata.owner as { userId: string };
        // The SDK calls back from anywhere: who acts is said again.
        return actFor(userId, () =>
          finish(ports, 'photo', { userId }, file, (photo) => addPhoto({ userId, ...photo })),
        );
      }),

    gallery: route(routeConfig('32MB', uploadLimits.maxGalleryFiles), options)
      .input(galleryInput)
      .middleware(({ req, files, input }) =>
        reachable(async () => {
          const vendor = await ports.vendorOf(req);
          if (!vendor) throw refusal(fail('auth.required', 'no session'));
          const { vendorId } = vendor;
          const albumId = input?.albumId;
          if (albumId === undefined) return permit({ vendorId }, 'gallery.upload', files);
          const keepsSent = (await ports.keepsSent?.({ vendorId, albumId })) ?? false;
          return { ...(await permit({ vendorId }, 'gallery.upload', files, keepsSent)), albumId, keepsSent };
        }),
      )
      .onUploadComplete(async ({ metadata, file }) => {
        const { vendorId } = metadata.owner as { vendorId: string };
        const { albumId, keepsSent } = metadata;
        return actFor(vendorId, () =>
          finish(ports, 'gallery', { vendorId }, file, (photo) =>
            addGalleryImage({
              vendorId,
              ...photo,
              keepsSent,
              place: async (tx, imageId) => {
                if (albumId !== undefined) await ports.place?.(tx, { vendorId, albumId, imageId });
              },
            }),
          ),
        );
      }),
  } satisfies FileRouter;
}

export type UploadRouter = ReturnType<typeof createUploadRouter>;

/** Everything that can be known before a byte is sent is checked before an address is signed. */
async function permit(
  owner: Owner,
  limit: 'file.upload' | 'gallery.upload',
  files: readonly DeclaredFile[],
  keepsSent = false,
): Promise<UploadMetadata & { [UTFiles]: { name: string; size: number; customId: string }[] }> {
  const account = 'userId' in owner ? `user|${owner.userId}` : `vendor|${owner.vendorId}`;
  const limited = await checkLimit(limit, { account });
  if (!limited.ok) throw refusal(limited);
  const uploads = files.map(({ name, size, type }) => ({
    id: newRandomId(),
    fileName: cleanFileName(name),
    fileSize: size,
    mimeType: type,
  }));
  const reserved = await reserveFiles(owner, uploads, keepsSent);
  if (!reserved.ok) throw refusal(reserved);
  return {
    owner,
    uploads,
    [UTFiles]: uploads.map(({ id, fileName, fileSize }) => ({
      name: fileName,
      size: fileSize,
      customId: id,
    })),
  };
}

/** A database that cannot be asked is no bug: the failure that says so. */
function orUnavailable(error: unknown): Failure {
  const code = unavailableCode(error);
  if (!code) throw error;
  return fail(code, 'the database is away');
}

/** The same for what stands before an upload: the SDK would answer 500. */
function reachable<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    throw error instanceof UploadThingError ? error : refusal(orUnavailable(error));
  });
}

async function finish(
  ports: UploadPorts,
  slug: string,
  owner: Owner,
  file: ArrivedFile,
  add: (photo: { fileName: string; source: Buffer; uploadId: string }) => Promise<Result<unknown>>,
): Promise<UploadAnswer> {
  const uploadId = file.customId;
  if (!uploadId) throw new Error('an upload came back without its id');
  const before = await ports.arrived?.(file, slug, owner);
  if (before) return before;
  const bytes = await ports.bytesOf(file);
  const added = bytes.ok
    ? await add({ fileName: file.name, source: bytes.value, uploadId }).catch(orUnavailable)
    : bytes;
  const mayPass = !added.ok && isPassing(added.code);
  // A request that is sent again after a minute may claim it, also when this cannot be written down now.
  if (mayPass) await reopenUpload(uploadId).catch(() => undefined);
  else await ports.settled?.(file);
  if (added.ok) return { image: added.value } as UploadAnswer;
  if (!mayPass) await refuseUpload(uploadId, added.code);
  return { error: added.code };
}

/** What UploadThing's clients call a refusal under one of our statuses. */
function sdkCodeOf(status: number) {
  if (status === 401 || status === 402 || status === 403 || status === 429) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  return status === 413 ? 'TOO_LARGE' : 'BAD_REQUEST';
}

/** The SDK passes on the message; the browser finds its sentence by the code in it. */
function refusal(failure: Failure): UploadThingError {
  const code = sdkCodeOf(errorStatus[failure.code]);
  return new UploadThingError({ code, message: failure.code, cause: failure.detail });
}
