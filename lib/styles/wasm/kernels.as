// AssemblyScript: the inner loops of lib/styles/paint/kernels, with vector instructions. Every function works on addresses
// of 32-bit floats that its caller has laid out. A buffer that is written to has room for four more floats at its end,
// because rows are written four at a time; what spills over a row is overwritten by the next.

@inline function at(from: usize, i: i32): f32 { return load<f32>(from + (<usize>i << 2)); }
@inline function put(to: usize, i: i32, value: f32): void { store<f32>(to + (<usize>i << 2), value); }
@inline function four(from: usize, i: i32): v128 { return v128.load(from + (<usize>i << 2)); }
@inline function putFour(to: usize, i: i32, value: v128): void { v128.store(to + (<usize>i << 2), value); }
@inline function held(i: i32, last: i32): i32 { return i < 0 ? 0 : i > last ? last : i; }

/** A row with its ends repeated `pad` times, at `to`. */
function padRow(from: usize, to: usize, width: i32, pad: i32): void {
  const first = at(from, 0);
  const last = at(from, width - 1);
  for (let k = 0; k < pad; k++) put(to, k, first);
  memory.copy(to + (<usize>pad << 2), from, <usize>width << 2);
  for (let k = 0; k < pad + 4; k++) put(to, pad + width + k, last);
}

/** Half a kernel laid along rows: `taps[0]` is its middle. `line` has room for a padded row. */
export function tapRows(from: usize, to: usize, width: i32, height: i32, taps: usize, radius: i32, line: usize): void {
  for (let y = 0; y < height; y++) {
    const row = <usize>(y * width) << 2;
    padRow(from + row, line, width, radius);
    const middle = f32x4.splat(at(taps, 0));
    let x = 0;
    // Sixteen at a time: each tap is loaded once for all of them.
    for (; x + 16 <= width; x += 16) {
      const here = line + (<usize>(x + radius) << 2);
      let one = f32x4.mul(middle, v128.load(here));
      let two = f32x4.mul(middle, v128.load(here, 16));
      let three = f32x4.mul(middle, v128.load(here, 32));
      let last = f32x4.mul(middle, v128.load(here, 48));
      for (let k = 1; k <= radius; k++) {
        const tap = v128.load32_splat(taps + (<usize>k << 2));
        const before = here - (<usize>k << 2);
        const after = here + (<usize>k << 2);
        one = f32x4.add(one, f32x4.mul(tap, f32x4.add(v128.load(before), v128.load(after))));
        two = f32x4.add(two, f32x4.mul(tap, f32x4.add(v128.load(before, 16), v128.load(after, 16))));
        three = f32x4.add(three, f32x4.mul(tap, f32x4.add(v128.load(before, 32), v128.load(after, 32))));
        last = f32x4.add(last, f32x4.mul(tap, f32x4.add(v128.load(before, 48), v128.load(after, 48))));
      }
      const there = to + row + (<usize>x << 2);
      v128.store(there, one);
      v128.store(there, two, 16);
      v128.store(there, three, 32);
      v128.store(there, last, 48);
    }
    for (; x < width; x += 4) {
      let sum = f32x4.mul(middle, four(line, x + radius));
      for (let k = 1; k <= radius; k++) {
        const both = f32x4.add(four(line, x + radius - k), four(line, x + radius + k));
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(at(taps, k)), both));
      }
      putFour(to + row, x, sum);
    }
  }
}

/** The same down columns. */
export function tapColumns(from: usize, to: usize, width: i32, height: i32, taps: usize, radius: i32): void {
  const last = height - 1;
  const middle = f32x4.splat(at(taps, 0));
  for (let y = 0; y < height; y++) {
    const row = <usize>(y * width) << 2;
    let x = 0;
    for (; x + 16 <= width; x += 16) {
      const place = <usize>x << 2;
      const here = from + row + place;
      let one = f32x4.mul(middle, v128.load(here));
      let two = f32x4.mul(middle, v128.load(here, 16));
      let three = f32x4.mul(middle, v128.load(here, 32));
      let fourth = f32x4.mul(middle, v128.load(here, 48));
      for (let k = 1; k <= radius; k++) {
        const tap = v128.load32_splat(taps + (<usize>k << 2));
        const above = from + (<usize>(held(y - k, last) * width) << 2) + place;
        const below = from + (<usize>(held(y + k, last) * width) << 2) + place;
        one = f32x4.add(one, f32x4.mul(tap, f32x4.add(v128.load(above), v128.load(below))));
        two = f32x4.add(two, f32x4.mul(tap, f32x4.add(v128.load(above, 16), v128.load(below, 16))));
        three = f32x4.add(three, f32x4.mul(tap, f32x4.add(v128.load(above, 32), v128.load(below, 32))));
        fourth = f32x4.add(fourth, f32x4.mul(tap, f32x4.add(v128.load(above, 48), v128.load(below, 48))));
      }
      const there = to + row + place;
      v128.store(there, one);
      v128.store(there, two, 16);
      v128.store(there, three, 32);
      v128.store(there, fourth, 48);
    }
    for (; x < width; x += 4) {
      let sum = f32x4.mul(middle, four(from + row, x));
      for (let k = 1; k <= radius; k++) {
        const above = from + (<usize>(held(y - k, last) * width) << 2);
        const below = from + (<usize>(held(y + k, last) * width) << 2);
        const both = f32x4.add(four(above, x), four(below, x));
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(at(taps, k)), both));
      }
      putFour(to + row, x, sum);
    }
  }
}

/** Running sums along rows, soft at their ends; sums in double precision, as they run a long way. */
export function boxRows(from: usize, to: usize, width: i32, height: i32, radius: i32, ends: f64, line: usize): void {
  const scale = 1 / (<f64>(2 * radius + 1) + 2 * ends);
  const pad = radius + 1;
  const wide = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = <usize>(y * width) << 2;
    padRow(from + row, line, width, pad);
    let sum: f64 = 0;
    for (let k = 0; k < wide; k++) sum += <f64>at(line, k);
    for (let x = 0; x < width; x++) {
      const gone = <f64>at(line, x);
      sum += <f64>at(line, x + wide) - gone;
      put(to + row, x, <f32>((sum + ends * (gone + <f64>at(line, x + wide + 1))) * scale));
    }
  }
}

/** The same down columns, two at a time; `sums` has room for a row of doubles. */
export function boxColumns(from: usize, to: usize, width: i32, height: i32, radius: i32, ends: f64, sums: usize): void {
  const scale = f64x2.splat(1 / (<f64>(2 * radius + 1) + 2 * ends));
  const soft = f64x2.splat(ends);
  const last = height - 1;
  memory.fill(sums, 0, <usize>(width + 4) << 3);
  for (let k = -radius - 1; k < radius; k++) {
    const row = from + (<usize>(held(k, last) * width) << 2);
    for (let x = 0; x < width; x += 2) {
      const here = sums + (<usize>x << 3);
      v128.store(here, f64x2.add(v128.load(here), f64x2.promote_low_f32x4(v128.load64_zero(row + (<usize>x << 2)))));
    }
  }
  for (let y = 0; y < height; y++) {
    const enter = from + (<usize>(held(y + radius, last) * width) << 2);
    const leave = from + (<usize>(held(y - radius - 1, last) * width) << 2);
    const beyond = from + (<usize>(held(y + radius + 1, last) * width) << 2);
    const row = to + (<usize>(y * width) << 2);
    for (let x = 0; x < width; x += 2) {
      const here = sums + (<usize>x << 3);
      const place = <usize>x << 2;
      const gone = f64x2.promote_low_f32x4(v128.load64_zero(leave + place));
      const come = f64x2.promote_low_f32x4(v128.load64_zero(enter + place));
      const next = f64x2.promote_low_f32x4(v128.load64_zero(beyond + place));
      const sum = f64x2.sub(f64x2.add(v128.load(here), come), gone);
      v128.store(here, sum);
      const mean = f64x2.mul(f64x2.add(sum, f64x2.mul(soft, f64x2.add(gone, next))), scale);
      put(row, x, <f32>f64x2.extract_lane(mean, 0));
      put(row, x + 1, <f32>f64x2.extract_lane(mean, 1));
    }
  }
}

/** Rows of a new height, each from `taps` old ones. */
export function resizeRows(from: usize, to: usize, width: i32, height: i32, taps: i32, index: usize, weight: usize): void {
  for (let y = 0; y < height; y++) {
    const row = to + (<usize>(y * width) << 2);
    const first = y * taps;
    let x = 0;
    for (; x + 16 <= width; x += 16) {
      const place = <usize>x << 2;
      let one = f32x4.splat(0);
      let two = one;
      let three = one;
      let last = one;
      for (let k = 0; k < taps; k++) {
        const source = from + (<usize>(load<i32>(index + (<usize>(first + k) << 2)) * width) << 2) + place;
        const tap = v128.load32_splat(weight + (<usize>(first + k) << 2));
        one = f32x4.add(one, f32x4.mul(tap, v128.load(source)));
        two = f32x4.add(two, f32x4.mul(tap, v128.load(source, 16)));
        three = f32x4.add(three, f32x4.mul(tap, v128.load(source, 32)));
        last = f32x4.add(last, f32x4.mul(tap, v128.load(source, 48)));
      }
      const there = row + place;
      v128.store(there, one);
      v128.store(there, two, 16);
      v128.store(there, three, 32);
      v128.store(there, last, 48);
    }
    for (; x < width; x += 4) {
      let sum = f32x4.splat(0);
      for (let k = 0; k < taps; k++) {
        const source = from + (<usize>(load<i32>(index + (<usize>(first + k) << 2)) * width) << 2);
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(at(weight, first + k)), four(source, x)));
      }
      putFour(row, x, sum);
    }
  }
}

/** Columns of a new width; `first` is where each begins in a row padded by `pad`, in `line`. */
export function resizeColumns(from: usize, to: usize, oldWidth: i32, width: i32, height: i32, taps: i32, first: usize, weight: usize, pad: i32, line: usize): void {
  for (let y = 0; y < height; y++) {
    padRow(from + (<usize>(y * oldWidth) << 2), line, oldWidth, pad);
    const row = to + (<usize>(y * width) << 2);
    if (taps == 2) {
      for (let x = 0; x < width; x++) {
        const start = line + (<usize>load<i32>(first + (<usize>x << 2)) << 2);
        put(row, x, at(weight, 2 * x) * at(start, 0) + at(weight, 2 * x + 1) * at(start, 1));
      }
    } else {
      const whole = taps & ~3;
      for (let x = 0; x < width; x++) {
        const start = line + (<usize>load<i32>(first + (<usize>x << 2)) << 2);
        const own = weight + (<usize>(x * taps) << 2);
        let sums = f32x4.mul(four(start, 0), four(own, 0));
        for (let k = 4; k < whole; k += 4) sums = f32x4.add(sums, f32x4.mul(four(start, k), four(own, k)));
        let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
        for (let k = whole; k < taps; k++) sum += at(start, k) * at(own, k);
        put(row, x, sum);
      }
    }
  }
}

/** Means of blocks of `times` x `times` pixels; `sums` has room for an old row. */
export function shrinkWhole(from: usize, to: usize, oldWidth: i32, oldHeight: i32, times: i32, sums: usize): void {
  const width = (oldWidth + times - 1) / times;
  const height = (oldHeight + times - 1) / times;
  for (let y = 0; y < height; y++) {
    const top = y * times;
    const rows = min(times, oldHeight - top);
    for (let x = 0; x < oldWidth; x += 4) {
      let sum = four(from, top * oldWidth + x);
      for (let k = 1; k < rows; k++) sum = f32x4.add(sum, four(from, (top + k) * oldWidth + x));
      putFour(sums, x, sum);
    }
    for (let x = 0; x < width; x++) {
      const left = x * times;
      const columns = min(times, oldWidth - left);
      let sum: f32 = 0;
      for (let k = 0; k < columns; k++) sum += at(sums, left + k);
      put(to, y * width + x, sum / <f32>(rows * columns));
    }
  }
}

/** One side of a walk along the flow, as in the JavaScript, in double precision: where it treads is rounded. */
@inline function walk(data: usize, width: i32, height: i32, fx: usize, fy: usize, flowWidth: i32, scaleX: f64, scaleY: f64, taps: usize, count: i32, x: i32, y: i32, pace: f64): f64 {
  const lastX = <f64>(width - 1);
  const lastY = <f64>(height - 1);
  let cell = <i32>(<f64>y * scaleY) * flowWidth + <i32>(<f64>x * scaleX);
  let dx = <f64>at(fx, cell) * pace;
  let dy = <f64>at(fy, cell) * pace;
  const length = abs(pace);
  let px = <f64>x;
  let py = <f64>y;
  let sum: f64 = 0;
  for (let k = 1; k < count; k++) {
    px += dx;
    py += dy;
    px = px < 0 ? 0 : px > lastX ? lastX : px;
    py = py < 0 ? 0 : py > lastY ? lastY : py;
    const ix = <i32>(px + 0.5);
    const iy = <i32>(py + 0.5);
    sum += <f64>at(taps, k) * <f64>at(data, iy * width + ix);
    cell = <i32>(<f64>iy * scaleY) * flowWidth + <i32>(<f64>ix * scaleX);
    const nx = <f64>at(fx, cell);
    const ny = <f64>at(fy, cell);
    const turn = nx * dx + ny * dy < 0 ? -length : length;
    dx = nx * turn;
    dy = ny * turn;
  }
  return sum;
}

/** Averages along the flow in the squares of `side` pixels that are marked busy; `to` holds a copy of `data` before. */
export function smoothAlong(data: usize, to: usize, width: i32, height: i32, fx: usize, fy: usize, flowWidth: i32, flowHeight: i32, taps: usize, count: i32, pace: f64, ignore: f64, busy: usize, side: i32): void {
  const columns = (width + side - 1) / side;
  const rows = (height + side - 1) / side;
  const scaleX = <f64>flowWidth / <f64>width;
  const scaleY = <f64>flowHeight / <f64>height;
  const middle = <f64>at(taps, 0);
  for (let tile = 0; tile < columns * rows; tile++) {
    if (load<u8>(busy + <usize>tile) == 0) continue;
    const left = (tile % columns) * side;
    const top = (tile / columns) * side;
    const right = min(width, left + side);
    const bottom = min(height, top + side);
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const here = <f64>at(data, y * width + x);
        if (here > ignore) continue;
        const sides =
          walk(data, width, height, fx, fy, flowWidth, scaleX, scaleY, taps, count, x, y, pace) +
          walk(data, width, height, fx, fy, flowWidth, scaleX, scaleY, taps, count, x, y, -pace);
        put(to, y * width + x, <f32>(middle * here + sides));
      }
  }
}
