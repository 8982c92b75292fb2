'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type PreparedUpload, preparePicture } from '#components/files/prepare-picture.ts';
import { isHeavy } from '#components/files/unpacked.ts';
import { newKey } from '#components/ui/action/new-key.ts';
import type { ErrorCode } from '#lib/core/errors.ts';
import { variantUrl } from '#lib/files/image/view.ts';
import { readHeader } from '#lib/files/picture/picture-header.ts';
import { hasItsEnd, isCutWebp, type PictureKind, pictureKind } from '#lib/files/picture/picture-kind.ts';
import type { DraftPhoto } from './draft.ts';
import { dropFile, readFile, writeFile } from './keep-draft.ts';

/** A file that is no photo we can use, and why. */
export type RefusedFile = { readonly name: string; readonly code: ErrorCode };

/** Kinds that every browser opens: shown at once, made ready for sending while somebody looks at the styles. */
const openedEverywhere: readonly PictureKind[] = ['jpeg', 'png', 'webp'];
/** Previews come first: the processor of a phone does one thing at a time. */
const prepareAfterMs = 4000;

/** Bytes that the end of a file is looked for in; some cameras write more of their own behind it. */
const tailBytes = 64 * 1024;

/** Less may be a picture that is too small, and is looked at in no time. */
const fewBytes = 8192;

/**
 * Whether there is probably nothing to say of a file, so that it is shown before it is looked at whole. One that costs this
 * browser a lot is unpacked once, for being sent, and what is sent is shown.
 */
async function showsAtOnce(file: File, kind: PictureKind): Promise<boolean> {
  if (!openedEverywhere.includes(kind) || file.size < fewBytes) return false;
  if (isHeavy(await readHeader(file).catch(() => null))) return false;
  if (kind === 'webp') return !(await isCutWebp(file).catch(() => true));
  const tail = await file
    .slice(-tailBytes)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return hasItsEnd(new Uint8Array(tail), kind);
}

type Held = { file: File; prepared: Promise<PreparedUpload> | null; sign: string };

/** The same file chosen twice is one photo. */
const signOf = ({ name, size, lastModified }: File) => `${name} ${size} ${lastModified}`;

/**
 * The bytes of a draft's photos: kept on the device as soon as they are chosen, made ready for sending in the
 * background, and sent by nobody here.
 */
export function useFiles(onRefused: (key: string) => void) {
  const held = useRef(new Map<string, Held>());
  const [isTaking, setTaking] = useState(false);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const tellRefused = useRef(onRefused);
  useEffect(() => {
    tellRefused.current = onRefused;
  });

  const hold = useCallback((key: string, file: File, chosen: File, prepared: Held['prepared']) => {
    held.current.set(key, { file, prepared, sign: signOf(chosen) });
    void writeFile(key, file).catch(() => undefined);
  }, []);

  const prepare = useCallback(async (key: string): Promise<PreparedUpload | null> => {
    const before = held.current.get(key);
    const file = before?.file ?? (await readFile(key));
    if (!file) return null;
    const one: Held = before ?? { file, prepared: null, sign: '' };
    held.current.set(key, one);
    one.prepared ??= preparePicture(file);
    const prepared = await one.prepared;
    if (!held.current.has(key)) return prepared;
    if (prepared.ok) {
      if (one.file !== prepared.file) await writeFile(key, prepared.file).catch(() => undefined);
      one.file = prepared.file;
    } else {
      held.current.delete(key);
      setRefused((all) => [...all, { name: file.name, code: prepared.code }]);
      tellRefused.current(key);
    }
    return prepared;
  }, []);

  /** Takes files in; answers the photos that they became. What is no photo is said. */
  const take = useCallback(
    async (files: readonly File[]): Promise<DraftPhoto[]> => {
      setRefused([]);
      setTaking(true);
      const photos: DraftPhoto[] = [];
      const isHere = (file: File) => [...held.current.values()].some((one) => one.sign === signOf(file));
      for (const file of files) {
        if (isHere(file)) continue;
        const head = new Uint8Array(
          await file
            .slice(0, 4096)
            .arrayBuffer()
            .catch(() => new ArrayBuffer(0)),
        );
        const kind = pictureKind(head);
        const key = newKey();
        if (await showsAtOnce(file, kind)) {
          hold(key, file, file, null);
          setTimeout(() => void prepare(key), prepareAfterMs);
        } else {
          const prepared = await preparePicture(file);
          if (!prepared.ok) {
            setRefused((all) => [...all, { name: file.name, code: prepared.code }]);
            continue;
          }
          hold(key, prepared.file, file, Promise.resolve(prepared));
        }
        photos.push({ key, name: file.name, image: null });
      }
      setTaking(false);
      return photos;
    },
    [hold, prepare],
  );

  /** The bytes that this device has of a photo. */
  const here = useCallback(
    async (key: string): Promise<Blob | null> => held.current.get(key)?.file ?? (await readFile(key)),
    [],
  );

  /** The bytes to look at: this device's own, or those that the server keeps. */
  const read = useCallback(
    async ({ key, image }: DraftPhoto): Promise<Blob | null> => {
      const own = await here(key);
      if (own || !image) return own;
      const answer = await fetch(variantUrl(image, 'w1280')).catch(() => null);
      return answer?.ok ? answer.blob() : null;
    },
    [here],
  );

  const drop = useCallback((key: string) => {
    held.current.delete(key);
    void dropFile(key);
  }, []);

  return { take, isTaking, here, read, prepare, drop, refused, forgetRefused: () => setRefused([]) };
}
