/** Where something that had the focus stood: itself, and from the inside out its ancestors with their neighbours. */
export type FocusPlace = {
  readonly element: HTMLElement;
  readonly around: readonly { readonly near: readonly (Element | null)[]; readonly parent: Element }[];
};

const focusable = [
  'a[href]',
  'button:not(:disabled)',
  'input:not(:disabled):not([type=hidden])',
  'select:not(:disabled)',
  'textarea:not(:disabled)',
  'summary',
  '[tabindex]:not([tabindex="-1"])',
].join(',');

/** Focused from a script, these would call up the keyboard of a phone. */
const takesText = 'textarea, input:not([type=radio]):not([type=checkbox]):not([type=range]):not([type=file])';

/**
 * Remembers where an element stands, so that the focus finds a way back when the element is gone. For an item of a menu
 * that is the button which opened the menu.
 */
export function focusPlaceOf(focused: HTMLElement): FocusPlace {
  const opener = focused.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const element = (opener && document.getElementById(opener)) || focused;
  const around = [];
  for (
    let at: Element = element;
    at.parentElement && at.id !== 'main' && at !== document.body;
    at = at.parentElement
  ) {
    around.push({ near: [at.nextElementSibling, at.previousElementSibling], parent: at.parentElement });
  }
  return { element, around };
}

const canHold = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.isConnected &&
  element.matches(focusable) &&
  !element.closest('[inert], [hidden], [aria-hidden=true]') &&
  element.getClientRects().length > 0;

function focusWithin(box: Element | null, withText: boolean): boolean {
  if (!box?.isConnected) return false;
  for (const one of [box, ...box.querySelectorAll(focusable)]) {
    if (!canHold(one) || (!withText && one.matches(takesText))) continue;
    // Who works with a finger sees where they are: the page stays there.
    one.focus({ preventScroll: !withText });
    return document.activeElement === one;
  }
  return false;
}

/**
 * Gives the focus back to the element, or to the nearest thing that can hold it: the neighbour in a list, what stands
 * where it stood, and at last the page's heading. `withText`: text fields may take it too.
 */
export function focusNear({ element, around }: FocusPlace, withText: boolean): void {
  if (canHold(element)) {
    element.focus();
    return;
  }
  for (const { near, parent } of around) {
    if (near.some((one) => focusWithin(one, withText))) return;
    // What stood in a dialog has nothing near it but the whole document, whose first stop skips to the page.
    if (parent !== document.body && focusWithin(parent, withText)) return;
  }
  focusPage();
}

/** The page itself is told: its heading, or its content where it has none. */
function focusPage(): void {
  const page = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main');
  page?.setAttribute('tabindex', '-1');
  page?.focus({ preventScroll: true });
}

/** Gives the focus to the page that has just come, where nothing on it has taken it and nothing lies over it. */
export function focusPageIfLost(): void {
  const at = document.activeElement;
  if (at && at !== document.body) return;
  if (!document.querySelector('[role=dialog][data-state=open]')) focusPage();
}
