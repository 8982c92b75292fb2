import type { ReactNode } from 'react';

type Props = {
  title: string;
  lead: string;
  sections: readonly { readonly name: string; readonly title: string; readonly text: string }[];
  /** Stands before the sections. */
  children?: ReactNode;
};

/** A quiet page of text: a title, a sentence, and short sections. */
export function TextPage({ title, lead, sections, children }: Props) {
  return (
    <main id="main" className="page py-12 md:py-20">
      <div className="max-w-text">
        <h1 className="text-2xl font-extrabold md:text-3xl">{title}</h1>
        <p className="mt-4 text-lg text-muted">{lead}</p>
        {children}
        {sections.map((section) => (
          <section key={section.name} className="mt-10">
            <h2 className="text-lg font-semibold">{section.title}</h2>
            <p className="mt-2">{section.text}</p>
          </section>
        ))}
      </div>
    </main>
  );
}
