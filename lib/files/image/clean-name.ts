import { pictureLimits } from '../policy.ts';

/** Controls, marks of direction and the like (Unicode category C), and characters that mean something in paths. */
const dangerous = /[\p{C}\\/:*?"<>|]/gu;

/** The half-space belongs to Persian words although it is a format character. */
const halfSpace = '\u200c';

/** A file name as people may see it again: short, without paths and tricks. Never used as a path. */
export function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(dangerous, (character) => (character === halfSpace ? character : ''))
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  if (clean.replaceAll(halfSpace, '') === '') return 'photo';
  const characters = Array.from(clean);
  if (characters.length <= pictureLimits.maxNameLength) return clean;
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? '';
  return characters.slice(0, pictureLimits.maxNameLength - ending.length).join('') + ending;
}

const endings: Readonly<Record<string, string>> = { 'image/webp': '.webp', 'image/png': '.png' };

/** The name under which a browser should save an image: cleaned, and with the ending of what it really is. */
export function downloadName(name: string, mimeType: string): string {
  const ending = endings[mimeType] ?? '.jpg';
  return cleanFileName(name).replace(/\.(jpe?g|png|webp|gif|heic|html?|svg|exe)$/i, '') + ending;
}
