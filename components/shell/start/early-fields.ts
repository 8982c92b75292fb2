import { type Field, isField, isTicked, putValue, valueIn } from './field-value.ts';

const everyMs = 50;
/** Whoever waits longer for scripts has a page without them. */
const patienceMs = 60_000;

/** React watches a field that it has taken over by a property of the field's own. */
const isTakenOver = (field: Field) =>
  field instanceof HTMLSelectElement
    ? Object.keys(field).some((key) => key.startsWith('__reactProps'))
    : Object.hasOwn(field, isTicked(field) ? 'checked' : 'value');

function isUntouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const sent = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.value === (sent?.value ?? '');
  }
  return isTicked(field) ? field.checked === field.defaultChecked : field.value === field.defaultValue;
}

/**
 * Fields can be ticked and filled before the page's scripts are there, and Firefox fills them itself after a reload. React
 * leaves what it finds in them but does not know of it: a ticked box opens nothing. So it is kept here until React has taken the field over,
 * and then put in again.
 */
export function keepEarlyFields(): void {
  const early = new Map<Field, string | boolean>();
  const note = (field: Field) => {
    if (!isTakenOver(field)) early.set(field, valueIn(field));
  };
  const noteAll = () => {
    for (const field of document.querySelectorAll<Field>('input, textarea, select')) {
      if (!isUntouched(field)) note(field);
    }
  };
  const onChange = ({ target }: Event) => {
    if (isField(target)) note(target);
  };
  const putAll = () => {
    for (const [field, value] of early) {
      if (field.isConnected && !isTakenOver(field)) continue;
      early.delete(field);
      // A radio button is left by choosing another one.
      if (!field.isConnected || (field.type === 'radio' && value === false)) continue;
      // It may have begun with a part of the page and not be through with it. An event of this kind makes it finish, and nothing obeys it.
      field.dispatchEvent(new Event('touchcancel', { bubbles: true }));
      putValue(field, value);
    }
  };
  noteAll();
  addEventListener('DOMContentLoaded', noteAll, { once: true });
  addEventListener('input', onChange, true);
  addEventListener('change', onChange, true);
  const timer = setInterval(putAll, everyMs);
  setTimeout(() => {
    clearInterval(timer);
    removeEventListener('input', onChange, true);
    removeEventListener('change', onChange, true);
  }, patienceMs);
}
