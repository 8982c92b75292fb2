/** Calls with every piece that hangs together of what is inside, as places; the memory is used again after the call. */
export function eachPiece(
  width: number,
  height: number,
  isInside: (place: number) => boolean,
  call: (piece: Int32Array) => void,
): void {
  const count = width * height;
  const seen = new Uint8Array(count);
  const queue = new Int32Array(count);
  for (let start = 0; start < count; start++) {
    if (seen[start] === 1 || !isInside(start)) continue;
    let end = 0;
    const visit = (i: number) => {
      if (seen[i] === 1 || !isInside(i)) return;
      seen[i] = 1;
      queue[end++] = i;
    };
    visit(start);
    for (let k = 0; k < end; k++) {
      const i = queue[k] as number;
      const x = i % width;
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (i >= width) visit(i - width);
      if (i < count - width) visit(i + width);
    }
    call(queue.subarray(0, end));
  }
}
