import { userFromRequest, vendorFromRequest } from '#lib/auth/door/current.ts';
import { openUploads, type Uploads } from '#lib/files/upload/open-uploads.ts';
import { keepsSent, placeUpload } from '#lib/gallery/library/place-upload.ts';

let opened: Uploads | undefined;

/** The two ends of uploading, which know people by the cookies of the request alone. */
export function uploads(): Uploads {
  opened ??= openUploads({
    userOf: userFromRequest,
    vendorOf: vendorFromRequest,
    place: placeUpload,
    keepsSent,
  });
  return opened;
}
