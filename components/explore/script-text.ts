/**
 * JSON as it may stand inside a script element: no `<` can end the element or begin a comment, and the two line
 * ends that scripts know and JSON does not are written as escapes. Read back, it is the same.
 */
export function scriptText(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
