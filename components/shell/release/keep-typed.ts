import { type Field, isField, isTicked, putValue, valueIn } from '../start/field-value.ts';

/**
 * Keeps what was typed and chosen in a page's fields over a reload that a new release asks for, or while one signs in
 * again and comes back. Fields are found again
 * by what a release seldom changes: their form, their name, else their words. Passwords, codes and files are not kept.
 */

/** What stood in a field: its text, or whether it is ticked. */
type Kept = readonly [key: string, value: string | boolean];
type Page = {
  readonly release: string;
  readonly at: number;
  readonly fields: readonly Kept[];
};

const storageKey = 'typed-before-reload';
/** Older than this nobody waits for it any more: time to find a phone and read a code. */
const keptMs = 30 * 60_000;
/** The framework loads a page anew by itself when another release answers; that takes no longer. */
const ownReloadMs = 30_000;

const unkeptTypes = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image']);
function fieldOf(target: EventTarget | null): Field | null {
  if (!isField(target) || unkeptTypes.has(target.type)) return null;
  return /one-time-code|password|cc-/.test(target.autocomplete) ? null : target;
}

const wordsOf = (field: Field) => field.labels?.[0]?.textContent?.trim().slice(0, 80) ?? '';

/** The same for a field and its successor in the next release; which of several alike it is comes last. */
function keyOf(field: Field): string {
  const form = field.form?.name || field.form?.getAttribute('aria-label') || '';
  const name = field.name || field.getAttribute('aria-label') || wordsOf(field);
  const choice = isTicked(field) ? field.value : '';
  const alike = (other: Field) =>
    other.name === field.name && other.type === field.type && (!isTicked(other) || other.value === choice);
  const all = [...document.querySelectorAll<Field>('input, textarea, select')].filter(alike);
  return [form, field.type, name, choice, all.indexOf(field)].join('|');
}

/** Another name than any release has: the reader asked. */
const asked = '?';
let isAsked = false;

/** Fields that somebody changed, each with the key it had then. */
const changed = new Map<Field, string>();

function noteChange({ target }: Event): void {
  const field = fieldOf(target);
  if (field && !changed.has(field)) changed.set(field, keyOf(field));
}

/** What was left on pages of this tab, by their paths; what is too old is left out. */
function readKept(): Record<string, Page> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, Page>;
    return Object.fromEntries(Object.entries(kept).filter(([, { at }]) => Date.now() - at < keptMs));
  } catch {
    return {};
  }
}

function writeKept(kept: Record<string, Page>): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Storage that is full or forbidden: the page is left without it.
  }
}

function write(release: string): void {
  // What is not on the page any more was sent, or given up.
  const fields = [...changed]
    .filter(([field]) => field.isConnected)
    .map(([field, key]): Kept => [key, valueIn(field)]);
  const { [location.pathname]: _before, ...others } = readKept();
  if (fields.length === 0) writeKept(others);
  else writeKept({ ...others, [location.pathname]: { release, at: Date.now(), fields } });
}

/** What stood here when this page was left for a new release, or to sign in. */
function take(release: string): Map<string, string | boolean> {
  const { [location.pathname]: page, ...others } = readKept();
  if (!page) return new Map();
  writeKept(others);
  const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // While servers are changed one by one, the framework's own reload may be answered by the release before.
  const isOwn = loaded?.type === 'navigate' && Date.now() - page.at < ownReloadMs;
  return page.release !== release || isOwn ? new Map(page.fields) : new Map();
}

function putAll(fields: Map<string, string | boolean>): void {
  for (const element of document.querySelectorAll('input, textarea, select')) {
    const field = fieldOf(element);
    const key = field && keyOf(field);
    const value = key ? fields.get(key) : undefined;
    if (!field || !key || value === undefined) continue;
    fields.delete(key);
    // A radio button is left by choosing another one.
    if (value === false && field.type === 'radio') continue;
    if (valueIn(field) !== value) putValue(field, value);
  }
}

/**
 * Begins to keep what is typed on this page of the release, and puts back what was typed before it was left for a new
 * one or to sign in; in fields that appear later too. Returns what ends it.
 */
export function keepTyped(release: string): () => void {
  const fields = take(release);
  const leave = () => write(isAsked ? asked : release);
  const watch = new MutationObserver(() => {
    putAll(fields);
    if (fields.size === 0) watch.disconnect();
  });
  putAll(fields);
  if (fields.size > 0) watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('input', noteChange, true);
  document.addEventListener('change', noteChange, true);
  addEventListener('pagehide', leave);
  return () => {
    watch.disconnect();
    document.removeEventListener('input', noteChange, true);
    document.removeEventListener('change', noteChange, true);
    removeEventListener('pagehide', leave);
  };
}

/** Loads the page anew, or another one to come back from; what was typed is there again, whichever release answers. */
export function leaveKeeping(to?: string): void {
  isAsked = true;
  if (to === undefined) location.reload();
  else location.assign(to);
}
