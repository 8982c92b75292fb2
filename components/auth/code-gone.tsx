import { ButtonLink } from '#components/ui/button-link.tsx';
import { AuthCard } from './auth-card.tsx';

type Props = { title: string; text: string; href: string; label: string };

/** Shown where a code is asked for that this browser does not wait for. */
export function CodeGone({ title, text, href, label }: Props) {
  return (
    <AuthCard title={title} text={text}>
      <ButtonLink href={href} size="lg" wide>
        {label}
      </ButtonLink>
    </AuthCard>
  );
}
