import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';

type Props = { title: ReactNode; text?: ReactNode; children: ReactNode; footer?: ReactNode };

/** One thing to do, in the middle of a calm page. */
export function AuthCard({ title, text, children, footer }: Props) {
  return (
    <main id="main" className="page flex grow flex-col items-center py-6 md:py-16">
      <div className="w-full max-w-form">
        <Card aria-labelledby="auth-title" className="grid gap-6">
          <div className="grid gap-2">
            <h1 id="auth-title" className="text-xl font-extrabold">
              {title}
            </h1>
            {text ? <p className="text-muted">{text}</p> : null}
          </div>
          {children}
        </Card>
        {footer ? (
          <div className="mt-6 grid justify-items-center gap-2 text-center text-sm text-balance text-muted">
            {footer}
          </div>
        ) : null}
      </div>
    </main>
  );
}
