import { z } from 'zod';

const mostHosts = 10;

/** The host that somebody means, as browsers write it; null for an address with a user, a port, or no name. */
function toHost(typed: string): string | null {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || url.username || url.password || url.port) return null;
  // A name with a dot whose last part is no number: neither this machine nor an address.
  return /^(?=.{4,253}$)([a-z\d-]+\.)+[a-z][a-z\d-]+$/.test(url.hostname) ? url.hostname : null;
}

/** The sites on which a shop shows its looks, one in a line or parted by commas. */
export const embedInput = z.object({
  hosts: z
    .string()
    .max(3000, 'outside.sites.wrong')
    .transform((text, context) => {
      const typed = text.split(/[\s,،]+/).filter(Boolean);
      const hosts = [...new Set(typed.map(toHost))];
      const known = hosts.filter((host) => host !== null);
      if (known.length === hosts.length && known.length <= mostHosts) return known;
      context.addIssue({ code: 'custom', message: 'outside.sites.wrong' });
      return z.NEVER;
    }),
});
