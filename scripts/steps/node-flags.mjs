/**
 * Flags of Node.js for one of our commands. A worker's own thread makes little garbage between its pictures, and a
 * nursery of the usual size is twenty megabytes that two conversions at once have better use for.
 *
 * @param {string} command
 * @returns {string[]}
 */
export function nodeFlags(command) {
  const quiet = ['--disable-warning=ExperimentalWarning'];
  return command === 'worker' ? [...quiet, '--max-semi-space-size=2'] : quiet;
}
