import type { ReactNode } from 'react';

const persian = /[\u0600-\u06ff]/;
const latin = /[a-z]/i;

type Props = { children: ReactNode; className?: string };

const textOf = (children: ReactNode): string =>
  Array.isArray(children) ? children.map(textOf).join('') : typeof children === 'string' ? children : '';

/** The language that a text is read out in, by its script; undefined, the page's own, where it has no letters of either. */
export function languageOf(text: string): 'fa' | 'en' | undefined {
  return persian.test(text) ? 'fa' : latin.test(text) ? 'en' : undefined;
}

/**
 * Words that somebody else wrote, such as a name or a title: they keep their own direction, and those who listen hear
 * them in their own language (WCAG 2.2, 3.1.2). The script decides; what has neither letters is read as the page is.
 */
export function OwnWords({ children, className }: Props): ReactNode {
  return (
    <bdi lang={languageOf(textOf(children))} className={className}>
      {children}
    </bdi>
  );
}

/** A sentence of the site around words that somebody else wrote, which stay {@link OwnWords}. */
export function AroundOwnWords({ text, own }: { text: string; own: string }): ReactNode {
  const at = own === '' ? -1 : text.indexOf(own);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <OwnWords>{own}</OwnWords>
      {text.slice(at + own.length)}
    </>
  );
}

/**
 * The same for a control that shows a picture instead of words: heard, not seen. An `aria-label` has one language, this
 * has both.
 */
export function HeardWords(words: { text: string; own: string }): ReactNode {
  return (
    <span className="sr-only">
      <AroundOwnWords {...words} />
    </span>
  );
}
