import { currentUser, currentVendor } from '../door/current.ts';
import { listOpenCodes, type OpenCode } from './open-codes.ts';

/** The codes that the signed-in user's devices show at the moment; none for everybody else. */
export async function getUserCodes(): Promise<OpenCode[]> {
  const user = await currentUser();
  return user ? listOpenCodes(user) : [];
}

/** The same for the signed-in vendor. */
export async function getVendorCodes(): Promise<OpenCode[]> {
  const vendor = await currentVendor();
  return vendor ? listOpenCodes(vendor) : [];
}
