/** Lines for a terminal, left to right in either language; what is too long scrolls inside. */
export function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <section
      aria-label={label}
      dir="ltr"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-control border border-line bg-sunken p-4"
    >
      <pre className="font-mono text-sm">
        <code>{text}</code>
      </pre>
    </section>
  );
}
