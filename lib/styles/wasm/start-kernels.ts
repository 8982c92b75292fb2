import type { FastKernels, Resample } from '../paint/kernels/fast.ts';
import { memoryFor, type Plane } from '../paint/raster.ts';
import { compiled } from './compiled.ts';

type Exports = {
  readonly memory: WebAssembly.Memory;
  tapRows(
    from: number,
    to: number,
    width: number,
    height: number,
    taps: number,
    radius: number,
    line: number,
  ): void;
  tapColumns(from: number, to: number, width: number, height: number, taps: number, radius: number): void;
  boxRows(
    from: number,
    to: number,
    width: number,
    height: number,
    radius: number,
    ends: number,
    line: number,
  ): void;
  boxColumns(
    from: number,
    to: number,
    width: number,
    height: number,
    radius: number,
    ends: number,
    sums: number,
  ): void;
  resizeRows(
    from: number,
    to: number,
    width: number,
    height: number,
    taps: number,
    index: number,
    weight: number,
  ): void;
  resizeColumns(
    from: number,
    to: number,
    oldWidth: number,
    width: number,
    height: number,
    taps: number,
    first: number,
    weight: number,
    pad: number,
    line: number,
  ): void;
  shrinkWhole(
    from: number,
    to: number,
    oldWidth: number,
    oldHeight: number,
    times: number,
    sums: number,
  ): void;
  smoothAlong(
    data: number,
    to: number,
    width: number,
    height: number,
    flowX: number,
    flowY: number,
    flowWidth: number,
    flowHeight: number,
    taps: number,
    count: number,
    pace: number,
    ignore: number,
    busy: number,
    side: number,
  ): void;
};

/** Above this the JavaScript is used: what the module once takes of memory it keeps. */
const mostPixels = 2048 * 2048;
/** Addresses begin after the first page; nothing of ours lies at zero. */
const ground = 1024;
const page = 65_536;

/**
 * The compiled kernels on this thread, or null where WebAssembly has no vector instructions. Planes are copied in and
 * out; everything between stays in the module's own memory and is used again by the next call.
 */
export function startKernels(): FastKernels | null {
  let run: Exports;
  try {
    const bytes = Uint8Array.from(atob(compiled), (letter) => letter.charCodeAt(0));
    run = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
  } catch {
    return null;
  }
  let end = ground;
  const room = (floats: number): number => {
    const address = end;
    // Four floats beyond, as rows are written four at a time.
    end += (floats + 4) * 4 + 15;
    end -= end % 16;
    const missing = end - run.memory.buffer.byteLength;
    if (missing > 0) run.memory.grow(Math.ceil(missing / page));
    return address;
  };
  const give = (data: Float32Array | Int32Array): number => {
    const address = room(data.length);
    if (data instanceof Float32Array) new Float32Array(run.memory.buffer, address, data.length).set(data);
    else new Int32Array(run.memory.buffer, address, data.length).set(data);
    return address;
  };
  const take = (address: number, width: number, height: number): Plane => {
    const data = memoryFor(width * height);
    data.set(new Float32Array(run.memory.buffer, address, width * height));
    return { width, height, data };
  };
  const begin = (...sizes: { width: number; height: number }[]): boolean => {
    end = ground;
    return sizes.every(({ width, height }) => width * height <= mostPixels);
  };
  const columnsInto = (from: number, width: number, height: number, plan: Resample): number => {
    const count = plan.first.length;
    const start = plan.first[0] ?? 0;
    const beyond = (plan.first[count - 1] ?? 0) + plan.taps - width;
    const pad = Math.max(0, -start, beyond);
    const first = give(plan.first.map((at) => at + pad));
    const weight = give(plan.weight);
    const line = room(width + 2 * pad + 8);
    const to = room(count * height);
    run.resizeColumns(from, to, width, count, height, plan.taps, first, weight, pad, line);
    return to;
  };
  const rowsInto = (from: number, width: number, height: number, plan: Resample): number => {
    const count = plan.first.length;
    const index = new Int32Array(count * plan.taps);
    for (let y = 0, t = 0; y < count; y++)
      for (let k = 0; k < plan.taps; k++, t++)
        index[t] = Math.min(height - 1, Math.max(0, (plan.first[y] as number) + k));
    const [places, weight] = [give(index), give(plan.weight)];
    const to = room(width * count);
    run.resizeRows(from, to, width, count, plan.taps, places, weight);
    return to;
  };
  return {
    tapBlur(plane, taps) {
      if (!begin(plane)) return null;
      const { width, height, data } = plane;
      const radius = taps.length - 1;
      const [from, own] = [give(data), give(taps)];
      const [across, line] = [room(data.length), room(width + 2 * radius + 8)];
      run.tapRows(from, across, width, height, own, radius, line);
      run.tapColumns(across, from, width, height, own, radius);
      return take(from, width, height);
    },
    boxBlur(plane, radius, ends, times) {
      if (!begin(plane)) return null;
      const { width, height, data } = plane;
      let from = give(data);
      let to = room(data.length);
      const line = room(Math.max(width + 2 * radius + 12, 2 * width + 12));
      for (let k = 0; k < times; k++) {
        run.boxRows(from, to, width, height, radius, ends, line);
        [from, to] = [to, from];
      }
      for (let k = 0; k < times; k++) {
        run.boxColumns(from, to, width, height, radius, ends, line);
        [from, to] = [to, from];
      }
      return take(from, width, height);
    },
    resize(plane, width, height, { whole, columns, rows, rowsFirst }) {
      if (!begin(plane, { width, height }, { width, height: plane.height }, { width: plane.width, height }))
        return null;
      let near = { at: give(plane.data), width: plane.width, height: plane.height };
      if (whole >= 2) {
        const small = { width: Math.ceil(near.width / whole), height: Math.ceil(near.height / whole) };
        const [to, sums] = [room(small.width * small.height), room(near.width)];
        run.shrinkWhole(near.at, to, near.width, near.height, whole, sums);
        near = { at: to, ...small };
      }
      const across = () => {
        if (columns) near = { ...near, at: columnsInto(near.at, near.width, near.height, columns), width };
      };
      const down = () => {
        if (rows) near = { ...near, at: rowsInto(near.at, near.width, near.height, rows), height };
      };
      for (const pass of rowsFirst ? [down, across] : [across, down]) pass();
      return take(near.at, width, height);
    },
    smoothAlong(plane, flow, { taps, pace, ignore, busy, side }) {
      if (!begin(plane, flow)) return null;
      const { width, height, data } = plane;
      const [from, to, x, y, own] = [give(data), give(data), give(flow.x), give(flow.y), give(taps)];
      const marks = room(busy.length);
      new Uint8Array(run.memory.buffer, marks, busy.length).set(busy);
      run.smoothAlong(
        from,
        to,
        width,
        height,
        x,
        y,
        flow.width,
        flow.height,
        own,
        taps.length,
        pace,
        ignore,
        marks,
        side,
      );
      return take(to, width, height);
    },
  };
}
