/**
 * Keeps what was typed and chosen in a page's fields over a reload that a new release asks for, or while one signs in
 * again and comes back. Fields are found again
 * by what a release seldom changes: their form, their name, else their words. Passwords, codes and files are not kept.
 */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
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
const isTicked = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');

function controlOf(target: EventTarget | null): Control | null {
  const isControl =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  if (!isControl || unkeptTypes.has(target.type)) return null;
  return /one-time-code|password|cc-/.test(target.autocomplete) ? null : target;
}

const wordsOf = (control: Control) => control.labels?.[0]?.textContent?.trim().slice(0, 80) ?? '';

/** The same for a field and its successor in the next release; which of several alike it is comes last. */
function keyOf(control: Control): string {
  const form = control.form?.name || control.form?.getAttribute('aria-label') || '';
  const name = control.name || control.getAttribute('aria-label') || wordsOf(control);
  const choice = isTicked(control) ? control.value : '';
  const alike = (other: Control) =>
    other.name === control.name &&
    other.type === control.type &&
    (!isTicked(other) || other.value === choice);
  const all = [...document.querySelectorAll<Control>('input, textarea, select')].filter(alike);
  return [form, control.type, name, choice, all.indexOf(control)].join('|');
}

/** Another name than any release has: the reader asked. */
const asked = '?';
let isAsked = false;

/** Fields that somebody changed, each with the key it had then. */
const changed = new Map<Control, string>();

function noteChange({ target }: Event): void {
  const control = controlOf(target);
  if (control && !changed.has(control)) changed.set(control, keyOf(control));
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
    .filter(([control]) => control.isConnected)
    .map(([control, key]): Kept => [key, isTicked(control) ? control.checked : control.value]);
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

/** Past React's own setters, so that it takes the change for one of the reader's. */
function put(control: Control, value: string | boolean): void {
  if (typeof value === 'boolean') {
    // React listens to the click of a tick, not to its change.
    if (isTicked(control) && control.checked !== value) control.click();
    return;
  }
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

function putAll(fields: Map<string, string | boolean>): void {
  for (const element of document.querySelectorAll('input, textarea, select')) {
    const control = controlOf(element);
    const key = control && keyOf(control);
    const value = key ? fields.get(key) : undefined;
    if (!control || !key || value === undefined) continue;
    fields.delete(key);
    // A radio button is left by choosing another one.
    if (value === false && control.type === 'radio') continue;
    put(control, value);
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
