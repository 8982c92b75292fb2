import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AdminNav } from '#components/admin/shell/admin-nav.tsx';
import { RoleProvider } from '#components/admin/shell/role.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { SessionClock } from '#components/shell/release/session-clock.tsx';
import { currentAdmin } from '#lib/auth/door/current.ts';

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Administration: its places beside every page of it. Each page asks for itself who is there. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await currentAdmin();
  if (admin?.standing !== 'fresh')
    return <ClientMessages namespaces={['admin', 'auth']}>{children}</ClientMessages>;
  return (
    <ClientMessages namespaces={['admin', 'auth']}>
      <SessionClock endsInSeconds={admin.freshSeconds} />
      <div className="flex grow max-lg:flex-col">
        <AdminNav role={admin.role} />
        <div className="flex min-w-0 grow flex-col">
          <RoleProvider role={admin.role}>{children}</RoleProvider>
        </div>
      </div>
    </ClientMessages>
  );
}
