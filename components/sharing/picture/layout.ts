/** What a result can be sent as. All of it is drawn on the device; nothing leaves it before it is shared. */
export const shareFormats = ['story', 'post', 'square', 'whole', 'pair', 'reveal'] as const;
export type ShareFormat = (typeof shareFormats)[number];

export type Size = { readonly width: number; readonly height: number };
type Place = Size & { readonly x: number; readonly y: number };

/** Where the pictures stand on a canvas, in pixels. */
export type Layout = Size & {
  readonly result: Place;
  /** The photo it was made from, where the format shows it. */
  readonly source: Place | null;
  /** Whether the picture leaves room around it, which its own colours fill. */
  readonly isFramed: boolean;
  /** The middle of the line that says whose look it is, and how large its letters are. */
  readonly mark: { readonly y: number; readonly size: number };
};

/** Of a story 9:16 and of a post 4:5 and 1:1, as Telegram and Instagram show them without cutting. */
const frames = {
  story: { width: 1080, height: 1920, margin: 0, ends: 230 },
  post: { width: 1080, height: 1350, margin: 48, ends: 84 },
  square: { width: 1080, height: 1080, margin: 48, ends: 84 },
} as const;

/** The longer side of what is not framed; of the film less, so that a phone can encode it while it plays. */
const longestSide = { whole: 4096, pair: 2160, reveal: 1280 } as const;
const gap = 12;

const even = (pixels: number) => Math.max(2, Math.round(pixels / 2) * 2);

function within(room: Size, picture: Size): Size {
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}

/**
 * Where everything stands. Pictures are never cropped: what a frame has left over is filled around them. In a pair the
 * original stands where reading starts (`direction`), both of one height.
 */
export function layOut(
  format: ShareFormat,
  result: Size,
  source: Size | null,
  direction: 'rtl' | 'ltr',
): Layout {
  if (format === 'story' || format === 'post' || format === 'square') {
    const { margin, ends, ...frame } = frames[format];
    const inner = within({ width: frame.width - 2 * margin, height: frame.height - 2 * ends }, result);
    const x = Math.round((frame.width - inner.width) / 2);
    const y = Math.round((frame.height - inner.height) / 2);
    const mark = { y: y + inner.height + Math.min(64, (frame.height - y - inner.height) / 2), size: 30 };
    return { ...frame, result: { ...inner, x, y }, source: null, isFramed: true, mark };
  }
  if (format === 'pair' && source) {
    const ratios = result.width / result.height + source.width / source.height;
    const height = Math.min(longestSide.pair, Math.round((longestSide.pair - gap) / ratios));
    const widthOf = (picture: Size) => Math.round((height * picture.width) / picture.height);
    const [first, second] = direction === 'ltr' ? [source, result] : [result, source];
    const left = { x: 0, y: 0, width: widthOf(first), height };
    const right = { x: left.width + gap, y: 0, width: widthOf(second), height };
    const [before, after] = direction === 'ltr' ? [left, right] : [right, left];
    const size = { width: right.x + right.width, height };
    return { ...size, result: after, source: before, isFramed: false, mark: markWithin(size) };
  }
  const longest = longestSide[format];
  const scale = Math.min(1, longest / Math.max(result.width, result.height));
  const size =
    format === 'reveal'
      ? { width: even(result.width * scale), height: even(result.height * scale) }
      : { width: Math.round(result.width * scale), height: Math.round(result.height * scale) };
  const whole = { ...size, x: 0, y: 0 };
  const isReveal = format === 'reveal' && source !== null;
  return { ...size, result: whole, source: isReveal ? whole : null, isFramed: false, mark: markWithin(size) };
}

/** A line at the foot of a picture, in a size one can read and overlook. */
function markWithin({ width, height }: Size): Layout['mark'] {
  const size = Math.round(Math.max(16, Math.min(width, height) / 36));
  return { y: height - size * 1.4, size };
}

/** How long the film is, and its parts: the photo, the edge that moves over it, the result. In milliseconds. */
export const revealMs = { before: 800, wipe: 1600, after: 1600, whole: 4000 } as const;

/** How much of the result is seen after this time, 0 to 1: slow at both ends. */
export function revealedAt(ms: number): number {
  const share = Math.min(1, Math.max(0, (ms - revealMs.before) / revealMs.wipe));
  return share * share * (3 - 2 * share);
}
