import { encodeCanvas, loadPicture, openCanvas } from './compose.ts';

/** Whether the system's own sheet takes this file. */
export function canShare(file: File): boolean {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}

/**
 * Opens the system's sheet. `dismissed` when it was closed again, `late` when the browser wants another press for it
 * (too long had passed since the last), `failed` for anything else.
 */
export async function shareFile(
  file: File,
  text: string,
): Promise<'shared' | 'dismissed' | 'late' | 'failed'> {
  try {
    await navigator.share({ files: [file], ...(text ? { text } : {}) });
    return 'shared';
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'AbortError') return 'dismissed';
    return name === 'NotAllowedError' ? 'late' : 'failed';
  }
}

/** Whether pictures can be put on the clipboard here. */
export function canCopyPicture(): boolean {
  return typeof ClipboardItem !== 'undefined' && typeof navigator.clipboard?.write === 'function';
}

/** Puts a picture on the clipboard, as PNG, which every browser takes. False where that is not allowed. */
export async function copyPicture(address: string): Promise<boolean> {
  const encode = async () => {
    const picture = await loadPicture(address);
    const { canvas, context } = openCanvas({ width: picture.naturalWidth, height: picture.naturalHeight });
    context.drawImage(picture, 0, 0);
    return encodeCanvas(canvas, 'image/png');
  };
  try {
    // Given as a promise: the press that allows it is over by the time the picture is encoded.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': encode() })]);
    return true;
  } catch {
    return false;
  }
}

/** Saves a file under its own name. */
export function saveFile(file: File, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
}
