import { notFound } from 'next/navigation';

/** Every address no page has claimed: a 404 in the reader's language, inside the shell. */
export default function UnknownPage() {
  notFound();
}
