import { publicRoute } from '#lib/auth/door/route.ts';
import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';
import { emulatorPath } from '#lib/payments/emulator/path.ts';

/** Our emulator of ZarinPal, where no real gateway is set up. */
const emulator = {
  limit: 'payment.emulate',
  handler: ({ request }: { request: Request }) => handleEmulator(request, emulatorPath),
} as const;

export const DELETE = publicRoute(emulator);
export const GET = publicRoute(emulator);
export const POST = publicRoute(emulator);
