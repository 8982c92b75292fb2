import {
  type LookKind,
  type LookOrder,
  type LookShades,
  plainLook,
  type Tap,
} from '#lib/gallery/look/kinds.ts';
import type { StyleName } from '../catalogue.ts';

/** What every request ends with: the person must stay who they are, and nothing may be added. */
const keepPeople =
  'Keep the composition, the pose, the clothes and every face exactly recognisable as the same person: same age, ' +
  'same skin tone, same features and expression. Do not add, remove or undress anybody, do not add text, frames, ' +
  'signatures or watermarks. Return only the edited picture, in the proportions of the original.';

/** How a hosted engine is asked for each style of the catalogue; the compiler insists on every one. */
const prompts: Record<StyleName, string> = {
  oil: 'Repaint this photo as an oil painting on canvas: thick, visible brush strokes that follow the forms, rich colour, fine brushes on the face and broad ones in the background.',
  watercolor:
    'Repaint this photo as a watercolour on rough paper: clear transparent washes with wet edges, a light pencil drawing beneath, and a bare paper margin.',
  pencil:
    'Redraw this photo as a graphite pencil drawing on toothy white paper: careful hatching, soft shadows, precise features, no colour.',
  ink: 'Redraw this photo in pen and black ink on warm paper: sharp lines that swell and taper, cross-hatching in the shadows, plenty of white paper.',
  colorPencil:
    'Redraw this photo in coloured pencil: many fine layered strokes, luminous mixed colours, the tooth of the paper visible.',
  comic:
    'Redraw this photo as a panel of a modern comic: clean black outlines, flat colours in few tones, dotted shadows.',
  popart:
    'Turn this photo into a pop art silkscreen: two by two frames of the same portrait, four flat tones in each, a different loud palette in every frame.',
  linocut:
    'Turn this photo into a linocut print: carved grooves, one dark ink on cream paper, bold simplified forms.',
  riso: 'Turn this photo into a risograph print: three spot inks, fine grain, inks a little out of register, uncoated paper.',
  halftone:
    'Turn this photo into an offset halftone print: cyan, magenta, yellow and black dots at their proper screen angles, visible when seen from near.',
  duotone:
    'Turn this photo into a duotone: night blue shadows through violet and coral to cream highlights, with a fine grain.',
  cinematic:
    'Grade this photo like a frame from a film: shallow focus behind the subject, teal shadows, warm light, gentle bloom and fine grain.',
  noir: 'Turn this photo into film noir: deep black and white, light on the subject and the room in shadow, fine grain.',
  vintage:
    'Grade this photo like colour film of the seventies: quiet, slightly faded colours, warm light, soft contrast and grain.',
  splash:
    'Keep the people in this photo in full colour and turn everything around them into cool black and white, with a clean natural edge.',
};

/** What every look to wear ends with: the photo stays the photo wherever the look does not reach. */
const keepRest =
  'Everything that is not named above stays exactly as it is in the first picture: faces, expression, age, skin tone, ' +
  'pose, hands, framing and proportions. Do not add, remove or undress anybody, do not add text, frames, signatures or ' +
  'watermarks. Return only the edited first picture.';

/** How a hosted engine is asked for each kind of look; the compiler insists on every one. */
const wishes: Record<LookKind, (order: LookOrder) => string> = {
  fabric: ({ repeatCm, taps }) =>
    `The first picture is a photo, the second a flat piece of cloth${repeatCm ? `, ${repeatCm} cm wide in truth` : ''}. ` +
    `Show the people of the photo with ${wornWords(taps)} made of this cloth: its pattern and colours at their true scale ` +
    'against the body, bent along every fold. Cut, folds, seams, buttons and the light of the photo stay.',
  garment: () =>
    'The first picture is a photo, the second shows a garment. Dress the person of the photo in exactly this garment: its ' +
    'cut, length, cloth, colour and details, fitted to their body and pose, in the light of the photo. Take only the ' +
    'garment from the second picture: no face, body or background of it.',
  hair: ({ shades }) =>
    'The first picture is a photo, the second shows hair. Give the person of the photo this hair: its ' +
    `${shades?.hair ? `shade (${shades.hair})` : 'shade'} and cut, strands natural, in the light of the photo. A scarf or ` +
    'hat stays as it is, and hair under it stays hidden.',
  makeup: ({ shades }) =>
    `The first picture is a photo, the second shows make-up. Put this make-up on the person of the photo${shadeWords(shades)}, ` +
    'on their own skin, whose tone, texture and features stay.',
  place: () =>
    'The first picture is a photo, the second a place. Put the people of the photo into this place, cut out along every ' +
    'strand of hair, with its light and colour on them and no halo around them. Nobody of the second picture appears.',
  painting: () =>
    'The first picture is a photo, the second a work of art. Repaint the whole photo in the hand of this work: its brush ' +
    'strokes or print marks, palette and ground. Take no figure, object or lettering from it.',
  light: () =>
    'The first picture is a photo, the second a reference. Repaint the photo in the palette, the light and the surface ' +
    'texture of the reference. Take nothing else from it: no person, object, pattern layout or lettering; a plain ' +
    'background behind a product is no part of its palette.',
};

function wornWords(taps: readonly Tap[] = []): string {
  return taps.some(({ part }) => part === 'covering') ? 'the scarf or hat on their head' : 'their clothes';
}

function shadeWords(shades: LookShades = {}): string {
  const said = (['lips', 'eyes', 'cheeks'] as const).flatMap((part) =>
    shades[part] ? [`${part} ${shades[part]}`] : [],
  );
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}

/** Of several people only those who were tapped. */
function peopleWords(taps: readonly Tap[] = []): string {
  const chosen = taps.filter(({ part }) => part === 'person');
  if (chosen.length === 0) return '';
  const share = (value: number) => Math.round(value * 100);
  const places = chosen.map(({ x, y }) => `${share(x)} % from the left and ${share(y)} % from the top`);
  return ` This is for the person at ${places.join(' and the one at ')} of the first picture alone; everybody else stays as they are.`;
}

/** The whole request in words. */
export function promptFor(
  look: { readonly style: StyleName } | { readonly style: 'reference'; readonly order?: LookOrder },
): string {
  if (look.style !== 'reference') return `${prompts[look.style]} ${keepPeople}`;
  const order = look.order ?? plainLook;
  const rest = order.kind === 'light' || order.kind === 'painting' ? keepPeople : keepRest;
  return `${wishes[order.kind](order)}${peopleWords(order.taps)} ${rest}`;
}
