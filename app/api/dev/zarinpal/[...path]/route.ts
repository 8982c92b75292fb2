import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';
import { emulatorPath } from '#lib/payments/emulator/path.ts';

/** Our emulator of ZarinPal, where no real gateway is set up. */
const handle = (request: Request) => handleEmulator(request, emulatorPath);

export { handle as DELETE, handle as GET, handle as POST };
