export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

export const isTicked = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');

/** What stands in a field: its text, or whether it is ticked. */
export const valueIn = (field: Field): string | boolean => (isTicked(field) ? field.checked : field.value);

/**
 * Puts a value into a field so that React takes it for the reader's, also where it stands there already: React compares with
 * what was set through the field itself, and is told of what went past it.
 */
export function putValue(field: Field, value: string | boolean): void {
  if (isTicked(field)) {
    if (typeof value !== 'boolean') return;
    field.checked = !value;
    // React listens to the click of a tick, not to its change.
    field.click();
    return;
  }
  // Files cannot be put anywhere: React hears of them by the event alone.
  if (field.type !== 'file') putText(field, String(value));
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function putText(field: Field, text: string): void {
  const caret = document.activeElement === field && 'selectionStart' in field ? field.selectionStart : null;
  if (!(field instanceof HTMLSelectElement)) field.value = '';
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
  if (caret !== null && 'setSelectionRange' in field) field.setSelectionRange(caret, caret);
}
