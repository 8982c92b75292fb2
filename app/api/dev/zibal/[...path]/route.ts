import { publicRoute } from '#lib/auth/door/route.ts';
import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';

/** Our emulator of Zibal, where no real one is set up. */
const emulator = {
  limit: 'payment.emulate',
  handler: ({ request }: { request: Request }) => handleEmulator(request, 'zibal'),
} as const;

export const DELETE = publicRoute(emulator);
export const GET = publicRoute(emulator);
export const POST = publicRoute(emulator);
