/**
 * Flags of Node.js for one of our commands.
 *
 * - A worker's own thread makes little garbage between its pictures, and a nursery of the usual size is twenty
 *   megabytes that two conversions at once have better use for.
 * - Left to itself V8 lets the garbage of pages grow with the memory of the machine: after two thousand requests a
 *   web process held 606 MB, of which a hundred were in use. With a bound it collects in time: 330 MB, at the same
 *   speed. A development server compiles within itself and is left alone.
 *
 * @param {string} command
 * @param {readonly string[]} [rest] what the command is given
 * @returns {string[]}
 */
export function nodeFlags(command, rest = []) {
  const quiet = ['--disable-warning=ExperimentalWarning'];
  if (command === 'worker') return [...quiet, '--max-semi-space-size=2'];
  if (command === 'web' && !rest.includes('--dev'))
    return [...quiet, '--max-semi-space-size=4', '--max-old-space-size=384'];
  return quiet;
}

/**
 * What tells the C library of a process to give memory back. glibc keeps that of decoded pictures to itself unless told so at the
 * start: 517 MB resident after a dozen photos became 183 MB. Planes of a preview have some hundred kilobytes.
 */
export const allocator = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
