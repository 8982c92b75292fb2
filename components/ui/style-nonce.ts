declare global {
  var __webpack_nonce__: string | undefined;
}

/**
 * Radix locks the page behind a dialog with a small `<style>`, which our policy only lets through with
 * the page's nonce. The library looks for it in this global; the browser keeps it on our own scripts.
 */
export function allowInjectedStyles(): void {
  if (typeof document === 'undefined') return;
  globalThis.__webpack_nonce__ ??= document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
}
