import { cleanFileName } from '../image/clean-name.ts';

const endings: Readonly<Record<string, RegExp>> = {
  'image/jpeg': /\.(jpe?g|jpe|jfif|pjpeg)$/i,
  'image/png': /\.png$/i,
  'image/webp': /\.webp$/i,
  'image/avif': /\.avif$/i,
  'image/gif': /\.gif$/i,
};

/** The name a sent file came under; with the ending of what it is, where it had another. */
export function sentName(fileName: string, type: string): string {
  const name = cleanFileName(fileName);
  if (endings[type]?.test(name)) return name;
  return `${name}.${type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length)}`;
}
