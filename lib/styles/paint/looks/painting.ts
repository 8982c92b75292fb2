import { type Flow, flowOf } from '../kernels/flow.ts';
import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import { contours, type FaceMesh, meshPoint } from '../people/face-mesh.ts';
import type { Face } from '../people/find-faces.ts';
import { clamp01, letGo, luma, mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { skinOf } from '../reference/find-skin.ts';
import { applyMove, moveColours, paletteOf } from '../reference/move-colours.ts';
import { labRow } from '../reference/oklab.ts';
import type { Scene } from '../scene.ts';
import { inLight, lightLines, readDrawnLight } from '../tone/drawing-light.ts';
import type { Brushwork } from './brushwork.ts';
import { type Inks, middleOf, printIn } from './inks.ts';
import { layBlocks, newQuilt, type PatchTarget } from './quilt.ts';

/** The quilt is sewn at this longest side; a larger photo gets it enlarged. */
const sewnSide = 1024;
const edgeFrom = 0.014;
/** The middle of the contrast of oil paint that is seen at first sight. */
const usualStrength = 0.11;
/** A face lower than this, in pixels of the quilt, is painted with the smallest brushes. */
const smallFace = 130;

/**
 * The photo in the hand of a painting: its palette, and over simplified forms its own brushwork, turned to run along
 * the forms of the photo. Faces stay recognisable: calm strokes, fine forms, little of them over eyes and mouths.
 */
export function paintLike(scene: Scene, brushwork: Brushwork, meshes: readonly FaceMesh[]): Picture {
  const { photo, faces } = scene;
  const size = fitted(photo, Math.min(sewnSide, Math.max(photo.width, photo.height)));
  const small = resizePicture(photo, size.width, size.height, 'smooth');
  const skin = skinOf(scene, small);
  const move = moveColours(
    paletteOf(small, 3, (i) => 1 - 0.7 * (skin.data[i] as number)),
    paletteOf(brushwork.small, 5, () => 1),
    mix(0.94, 0.6, brushwork.inks.flat),
  );
  const coloured = facesFor(brushwork.inks, recolour(small, skin, move), faces);
  const light = luma(small);
  const flow = strokesOf(light);
  const faceHeight = Math.max(0, ...faces.map((face) => face.height * size.height));
  const { print } = brushwork;
  const simple = simplified(coloured, mix(4, 6, print));
  const face = faceMap(size.width, size.height, faces);
  const edges = edgesOf(luma(simple));
  const quilt = newQuilt(size.width, size.height);
  const target = patchTargetOf(simple, flow, skin, face, edges, print);
  const [large, middle, tiny] = brushwork.levels;
  if (!large || !middle || !tiny) throw new Error('A painting is studied at three sizes');
  layBlocks(quilt, large, target, () => true);
  layBlocks(
    quilt,
    middle,
    target,
    (x, y) =>
      (edges.data[y * size.width + x] as number) > edgeFrom ||
      (face.data[y * size.width + x] as number) > 0.3,
  );
  if (faceHeight > 0 && faceHeight < smallFace)
    layBlocks(quilt, tiny, target, (x, y) => (face.data[y * size.width + x] as number) > 0.4);
  const fine = kuwahara(coloured, flow, Math.min(3.3, Math.max(1.3, faceHeight / 70)));
  const features = featuresOf(meshes, size);
  const lines = drawLines(light, flow, { sigma: 0.9, along: 4, threshold: 0.008, hardness: 50 });
  const painted = compose({
    simple,
    fine,
    quilt: quilt.detail,
    face,
    features,
    lines,
    isSmall: faceHeight < smallFace,
    print,
    loud: Math.max(1, brushwork.strength / usualStrength),
  });
  printIn(brushwork.inks, painted);
  return size.width === photo.width ? painted : resizePicture(painted, photo.width, photo.height, 'crisp');
}

/** Of few inks the dark one swallows faces: in a print each is brought to the light side of the middle by itself. */
function facesFor(inks: Inks, coloured: Picture, faces: readonly Face[]): Picture {
  if (inks.flat < 0.5 || faces.length === 0) return coloured;
  const middle = middleOf(inks);
  const light = luma(coloured);
  const wanted = { from: middle + 0.08, to: middle + 0.24, mean: 0 };
  lightLines(readDrawnLight(light, faces, wanted), coloured)(0, light.data);
  const out = inLight(coloured, light);
  letGo(coloured, light);
  return out;
}

function recolour(small: Picture, skin: Plane, move: Float32Array): Picture {
  const out: Picture = { ...small, r: small.r.slice(), g: small.g.slice(), b: small.b.slice() };
  applyMove(out, move);
  for (let i = 0; i < skin.data.length; i++) {
    const own = 0.45 * (skin.data[i] as number);
    out.r[i] = mix(out.r[i] as number, small.r[i] as number, own);
    out.g[i] = mix(out.g[i] as number, small.g[i] as number, own);
    out.b[i] = mix(out.b[i] as number, small.b[i] as number, own);
  }
  return out;
}

/** Where strokes run: along near forms, and where there are none as farther ones lead. */
function strokesOf(light: Plane): Flow {
  const half = { width: Math.max(1, light.width >> 1), height: Math.max(1, light.height >> 1) };
  const flow = flowOf(resize(light, half.width, half.height), 3.2, 11);
  // Directions have no sign: they are enlarged by their nearest neighbour.
  const pick = (data: Float32Array) => {
    const out = new Float32Array(light.width * light.height);
    for (let y = 0, i = 0; y < light.height; y++) {
      const row = Math.min(half.height - 1, y >> 1) * half.width;
      for (let x = 0; x < light.width; x++, i++)
        out[i] = data[row + Math.min(half.width - 1, x >> 1)] as number;
    }
    return out;
  };
  return {
    width: light.width,
    height: light.height,
    x: pick(flow.x),
    y: pick(flow.y),
    certainty: pick(flow.certainty),
  };
}

function simplified(picture: Picture, radius: number): Picture {
  const half = { width: Math.max(1, picture.width >> 1), height: Math.max(1, picture.height >> 1) };
  const small = resizePicture(picture, half.width, half.height, 'smooth');
  return resizePicture(
    kuwahara(small, flowOf(luma(small), 2), radius),
    picture.width,
    picture.height,
    'smooth',
  );
}

function edgesOf(light: Plane): Plane {
  const wide = gaussian(light, 5).data;
  const out = newPlane(light.width, light.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = Math.abs((light.data[i] as number) - (wide[i] as number));
  return gaussian(out, 4);
}

function patchTargetOf(
  simple: Picture,
  flow: Flow,
  skin: Plane,
  face: Plane,
  edges: Plane,
  print: number,
): PatchTarget {
  const { width, height } = simple;
  const broad = gaussianPicture(simple, 6);
  const count = width * height;
  const [L, a, b, angle, energy] = [0, 1, 2, 3, 4].map(() => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let from = 0; from < count; from += width) {
    labRow(broad, L, a, b, from, from + width);
    for (let i = from; i < from + width; i++) {
      angle[i] = Math.atan2(flow.y[i] as number, flow.x[i] as number);
      energy[i] =
        0.3 + 2 * smoothstep(0.005, 0.06, edges.data[i] as number) * (1 - 0.6 * (face.data[i] as number));
    }
  }
  const calm = newPlane(width, height);
  for (let i = 0; i < count; i++) calm.data[i] = Math.max(skin.data[i] as number, face.data[i] as number);
  return { width, height, L, a, b, angle, skin: calm.data, energy, print };
}

/** 1 over eyes, brows, noses and mouths. */
function featuresOf(meshes: readonly FaceMesh[], size: { width: number; height: number }): Plane {
  const out = newPlane(size.width, size.height);
  for (const mesh of meshes) {
    const [, top] = meshPoint(mesh, 10, size);
    const [, chin] = meshPoint(mesh, 152, size);
    const radius = Math.max(2, Math.abs(chin - top) * 0.055);
    const spots = [
      ...contours.lips,
      ...contours.rightEye,
      ...contours.leftEye,
      ...contours.rightBrow,
      ...contours.leftBrow,
      1,
      2,
      4,
      98,
      327,
    ];
    for (const spot of spots) {
      const [x, y] = meshPoint(mesh, spot, size);
      for (let py = Math.max(0, Math.floor(y - radius)); py < Math.min(size.height, y + radius); py++)
        for (let px = Math.max(0, Math.floor(x - radius)); px < Math.min(size.width, x + radius); px++)
          if ((px - x) ** 2 + (py - y) ** 2 < radius * radius) out.data[py * size.width + px] = 1;
    }
  }
  return gaussian(out, 4);
}

type Layers = {
  readonly simple: Picture;
  readonly fine: Picture;
  readonly quilt: Float32Array;
  readonly face: Plane;
  readonly features: Plane;
  readonly lines: Plane;
  readonly isSmall: boolean;
  readonly print: number;
  /** By how much stronger than usual the brushwork is: faces get so much less of it. */
  readonly loud: number;
};

function compose(layers: Layers): Picture {
  const { simple, quilt } = layers;
  const { width, height } = simple;
  const detail = newPlane(width, height);
  for (let i = 0; i < detail.data.length; i++)
    detail.data[i] =
      0.2126 * (quilt[i * 3] as number) +
      0.7152 * (quilt[i * 3 + 1] as number) +
      0.0722 * (quilt[i * 3 + 2] as number);
  const slope = gaussian(detail, 1.5).data;
  const out: Picture = {
    width,
    height,
    r: new Float32Array(width * height),
    g: new Float32Array(width * height),
    b: new Float32Array(width * height),
  };
  for (let y = 0; y < height; y++) composeRow(layers, detail.data, slope, y, out);
  return out;
}

/** One row: forms, what the quilt has on them, and lines; a function that is called often stays compiled. */
function composeRow(
  { simple, fine, quilt, face, features, lines, isSmall, print, loud }: Layers,
  detail: Float32Array,
  slope: Float32Array,
  y: number,
  out: Picture,
): void {
  const { width, height } = simple;
  const ink = mix(0.35, 0.85, print);
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const f = face.data[i] as number;
    const gain =
      1.1 *
      (1 - 0.5 * f) *
      mix(1, 1 / loud, f) *
      (isSmall ? 1 - 0.4 * f : 1) *
      (1 - 0.8 * f * (features.data[i] as number));
    // Forms are pushed along the strokes' relief, so that strokes break their edges.
    const reach = 66 * (1 - f);
    const gx =
      x > 0 && x < width - 1 ? ((slope[i + 1] as number) - (slope[i - 1] as number)) * 0.5 * reach : 0;
    const gy =
      y > 0 && y < height - 1
        ? ((slope[i + width] as number) - (slope[i - width] as number)) * 0.5 * reach
        : 0;
    const px = Math.min(width - 1, Math.max(0, Math.round(x + Math.max(-4, Math.min(4, gx)))));
    const py = Math.min(height - 1, Math.max(0, Math.round(y + Math.max(-4, Math.min(4, gy)))));
    const at = py * width + px;
    const drawn = 1 - ink * (lines.data[i] as number) * (1 - 0.3 * f);
    const grey = detail[i] as number;
    const colour = mix(0.8, 0.2, f);
    for (let c = 0; c < 3; c++) {
      const [base, own, to] =
        c === 0 ? [simple.r, fine.r, out.r] : c === 1 ? [simple.g, fine.g, out.g] : [simple.b, fine.b, out.b];
      to[i] = clamp01(
        mix(base[at] as number, own[i] as number, f) * drawn +
          gain * (grey + colour * ((quilt[i * 3 + c] as number) - grey)),
      );
    }
  }
}
