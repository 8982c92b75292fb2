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

/** For a picture of a gallery: palette and texture are taken, never its people or objects. */
const likeReference =
  'The first picture is a photo, the second a reference. Repaint the photo in the palette, the light and the surface ' +
  'texture of the reference. Take nothing else from it: no person, object, pattern layout or lettering.';

/** The whole request in words. */
export function promptFor(style: StyleName | 'reference'): string {
  return `${style === 'reference' ? likeReference : prompts[style]} ${keepPeople}`;
}
