/**
 * Keeps what was typed and chosen in a page's fields over a reload that a new release asks for. Fields are found again
 * by what a release seldom changes: their form, their name, else their words. Passwords, codes and files are not kept.
 */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** What stood in a field: its text, or whether it is ticked. */
type Kept = readonly [key: string, value: string | boolean];
type Page = {
  readonly release: string;
  readonly path: string;
  readonly at: number;
  readonly fields: readonly Kept[];
};

const storageKey = 'typed-before-reload';
/** Older than this nobody waits for it any more. */
const keptMs = 10 * 60_000;
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

let isAsked = false;

/** Fields that somebody changed, each with the key it had then. */
const changed = new Map<Control, string>();

function noteChange({ target }: Event): void {
  const control = controlOf(target);
  if (control && !changed.has(control)) changed.set(control, keyOf(control));
}

function write(release: string): void {
  // What is not on the page any more was sent, or given up.
  const fields = [...changed]
    .filter(([control]) => control.isConnected)
    .map(([control, key]): Kept => [key, isTicked(control) ? control.checked : control.value]);
  try {
    const page: Page = { release, path: location.pathname, at: Date.now(), fields };
    if (fields.length === 0) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify(page));
  } catch {
    // Storage that is full or forbidden: the page is loaded anew without it.
  }
}

/** What stood here before this page was loaded, if it was loaded for the sake of a new release. */
function take(release: string): Map<string, string | boolean> {
  try {
    const page = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Page | null;
    sessionStorage.removeItem(storageKey);
    if (page?.path !== location.pathname) return new Map();
    const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const age = Date.now() - page.at;
    // While servers are changed one by one, the framework's own reload may be answered by the release before.
    const isOwn = loaded?.type === 'navigate' && age < ownReloadMs;
    return age < keptMs && (page.release !== release || isOwn) ? new Map(page.fields) : new Map();
  } catch {
    return new Map();
  }
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
 * Begins to keep what is typed on this page of the release, and puts back what was typed before it was loaded for a new
 * one; in fields that appear later too. Returns what ends it.
 */
export function keepTyped(release: string): () => void {
  const fields = take(release);
  // Another name than any release has, when the reader asked.
  const leave = () => write(isAsked ? '' : release);
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

/** Loads the page anew; what was typed is there again, whichever release answers. */
export function reloadKeeping(): void {
  isAsked = true;
  location.reload();
}
