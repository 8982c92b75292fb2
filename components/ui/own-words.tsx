import type { ReactNode } from 'react';

const persian = /[\u0600-\u06ff]/;
const latin = /[a-z]/i;

type Props = { children: ReactNode; className?: string };

const textOf = (children: ReactNode): string =>
  Array.isArray(children) ? children.map(textOf).join('') : typeof children === 'string' ? children : '';

/**
 * Words that somebody else wrote, such as a name or a title: they keep their own direction, and those who listen hear
 * them in their own language (WCAG 2.2, 3.1.2). The script decides; what has neither letters is read as the page is.
 */
export function OwnWords({ children, className }: Props): ReactNode {
  const text = textOf(children);
  const lang = persian.test(text) ? 'fa' : latin.test(text) ? 'en' : undefined;
  return (
    <bdi lang={lang} className={className}>
      {children}
    </bdi>
  );
}
