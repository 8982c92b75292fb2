'use server';

import { resendPhoneCodes } from '#lib/auth/code/resend-code.ts';
import { refuseCodes } from '#lib/auth/device-code/open-codes.ts';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { clearSessionCookie, markedBrowser } from '#lib/auth/door/request-context.ts';
import { changePassword } from '#lib/auth/password/change-password.ts';
import { changePhone } from '#lib/auth/phone/change-phone.ts';
import { requestPhoneChange } from '#lib/auth/phone/request-phone-change.ts';
import { revokeOtherSessions, revokeSession } from '#lib/auth/session/revoke-sessions.ts';
import { fail } from '#lib/core/result.ts';
import { changeAvatar, removeAvatar } from '#lib/files/avatar/change-avatar.ts';
import { deleteAccount } from './delete-account.ts';
import {
  agreementInput,
  avatarInput,
  deletionInput,
  nothingInput,
  noticeSwitchInput,
  passwordChangeInput,
  phoneChangeInput,
  phoneCodesInput,
  sessionInput,
  userProfileInput,
} from './input.ts';
import { agreeToLegal } from './legal/agree-to-legal.ts';
import { setNoticeSwitch } from './notice-switches.ts';
import { updateUserProfile as saveUserProfile } from './update-profile.ts';

export const updateUserProfile = userAction({
  input: userProfileInput,
  limit: 'account.change',
  handler: ({ actor, input }) => saveUserProfile(actor, input),
});

export const changeUserAvatar = userAction({
  input: avatarInput,
  limit: 'file.upload',
  handler: async ({ actor, input }) => changeAvatar(actor, Buffer.from(await input.picture.arrayBuffer())),
});

export const removeUserAvatar = userAction({
  input: nothingInput,
  limit: 'account.change',
  handler: ({ actor }) => removeAvatar(actor),
});

export const changeUserPassword = userAction({
  input: passwordChangeInput,
  limit: 'account.change',
  handler: ({ actor, input, device }) => changePassword(actor, input, device),
});

export const requestUserPhoneChange = userAction({
  input: phoneChangeInput,
  limit: 'account.change',
  handler: async ({ actor, input, device }) =>
    requestPhoneChange(actor, { ...input, device, browserHash: await markedBrowser() }),
});

export const resendUserPhoneCodes = userAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async ({ device }) => resendPhoneCodes('user', await markedBrowser(), device.address),
});

export const changeUserPhone = userAction({
  input: phoneCodesInput,
  limit: 'account.change',
  handler: async ({ actor, input, device }) =>
    changePhone(actor, { ...input, device, browserHash: await markedBrowser() }),
});

export const revokeUserSession = userAction({
  input: sessionInput,
  limit: 'account.change',
  handler: ({ actor, input }) => revokeSession(actor, input.id),
});

export const revokeOtherUserSessions = userAction({
  input: nothingInput,
  limit: 'account.change',
  handler: ({ actor }) => revokeOtherSessions(actor),
});

/** Deletes the user's account for good and signs the browser out. */
export const deleteUserAccount = userAction({
  input: deletionInput,
  limit: 'account.change',
  handler: async ({ actor, input }) => {
    const deleted = await deleteAccount(actor, input);
    if (deleted.ok) await clearSessionCookie('user');
    return deleted;
  },
});

/** The same for a vendor. */
export const deleteVendorAccount = vendorAction({
  input: deletionInput,
  limit: 'account.change',
  handler: async ({ actor, input }) => {
    const deleted = await deleteAccount(actor, input);
    if (deleted.ok) await clearSessionCookie('vendor');
    return deleted;
  },
});

export const changeVendorAvatar = vendorAction({
  input: avatarInput,
  limit: 'file.upload',
  handler: async ({ actor, input }) => changeAvatar(actor, Buffer.from(await input.picture.arrayBuffer())),
});

export const removeVendorAvatar = vendorAction({
  input: nothingInput,
  limit: 'account.change',
  handler: ({ actor }) => removeAvatar(actor),
});

export const changeVendorPassword = vendorAction({
  input: passwordChangeInput,
  limit: 'account.change',
  handler: ({ actor, input, device }) => changePassword(actor, input, device),
});

export const requestVendorPhoneChange = vendorAction({
  input: phoneChangeInput,
  limit: 'account.change',
  handler: async ({ actor, input, device }) =>
    requestPhoneChange(actor, { ...input, device, browserHash: await markedBrowser() }),
});

export const resendVendorPhoneCodes = vendorAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async ({ device }) => resendPhoneCodes('vendor', await markedBrowser(), device.address),
});

export const changeVendorPhone = vendorAction({
  input: phoneCodesInput,
  limit: 'account.change',
  handler: async ({ actor, input, device }) =>
    changePhone(actor, { ...input, device, browserHash: await markedBrowser() }),
});

export const revokeVendorSession = vendorAction({
  input: sessionInput,
  limit: 'account.change',
  handler: ({ actor, input }) => revokeSession(actor, input.id),
});

export const revokeOtherVendorSessions = vendorAction({
  input: nothingInput,
  limit: 'account.change',
  handler: ({ actor }) => revokeOtherSessions(actor),
});

/** Turns a kind of notice on or off. */
export const setUserNotices = userAction({
  input: noticeSwitchInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setNoticeSwitch(actor, input),
});

export const setVendorNotices = vendorAction({
  input: noticeSwitchInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setNoticeSwitch(actor, input),
});

export const agreeAsUser = userAction({
  input: agreementInput,
  limit: 'account.change',
  handler: ({ actor, input }) => agreeToLegal(actor, input),
});

export const agreeAsVendor = vendorAction({
  input: agreementInput,
  limit: 'account.change',
  handler: ({ actor, input }) => agreeToLegal(actor, input),
});

/** Ends the codes that somebody asked for to sign in to the user's account elsewhere. */
export const refuseUserCodes = userAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async () => {
    const user = await currentUser();
    return user ? refuseCodes(user) : fail('auth.required', 'nobody is signed in');
  },
});

/** The same for the signed-in vendor. */
export const refuseVendorCodes = vendorAction({
  input: nothingInput,
  limit: 'account.change',
  handler: async () => {
    const vendor = await currentVendor();
    return vendor ? refuseCodes(vendor) : fail('auth.required', 'nobody is signed in');
  },
});
