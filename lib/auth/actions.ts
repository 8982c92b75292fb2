'use server';

import { publicAction } from './door/door.ts';
import {
  handleCodeSignIn,
  handleDeviceCode,
  handleExtendCodes,
  handleForgotPassword,
  handleResend,
  handleResetPassword,
  handleSignIn,
  handleSignOut,
  handleSignUp,
  handleVerify,
} from './door/form-handlers.ts';
import {
  forgotPasswordInput,
  nothingInput,
  resetPasswordInput,
  signInInput,
  userSignUpInput,
  vendorSignUpInput,
  verifyInput,
} from './input.ts';

export const signUpUser = publicAction({
  input: userSignUpInput,
  limit: 'form.submit',
  handler: (call) => handleSignUp('user', call, call.input.name || null),
});

export const verifyUser = publicAction({
  input: verifyInput,
  limit: 'form.submit',
  handler: (call) => handleVerify('user', call),
});

export const resendUserSignUpCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('user', 'phone_verify', call),
});

/** More time for the codes that this browser waits for, of either kind of account. */
export const extendCodes = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: handleExtendCodes,
});

export const signInUser = publicAction({
  input: signInInput,
  limit: 'form.submit',
  handler: (call) => handleSignIn('user', call),
});

export const askUserDeviceCode = publicAction({
  input: forgotPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleDeviceCode('user', call),
});

export const resendUserDeviceCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('user', 'sign_in', call),
});

export const signInUserWithCode = publicAction({
  input: verifyInput,
  limit: 'form.submit',
  handler: (call) => handleCodeSignIn('user', call),
});

export const forgotUserPassword = publicAction({
  input: forgotPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleForgotPassword('user', call),
});

export const resendUserResetCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('user', 'password_reset', call),
});

export const resetUserPassword = publicAction({
  input: resetPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleResetPassword('user', call),
});

export const signOutUser = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: () => handleSignOut('user'),
});

export const signUpVendor = publicAction({
  input: vendorSignUpInput,
  limit: 'form.submit',
  handler: (call) => handleSignUp('vendor', call, call.input.businessName),
});

export const verifyVendor = publicAction({
  input: verifyInput,
  limit: 'form.submit',
  handler: (call) => handleVerify('vendor', call),
});

export const resendVendorSignUpCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('vendor', 'phone_verify', call),
});

export const signInVendor = publicAction({
  input: signInInput,
  limit: 'form.submit',
  handler: (call) => handleSignIn('vendor', call),
});

export const askVendorDeviceCode = publicAction({
  input: forgotPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleDeviceCode('vendor', call),
});

export const resendVendorDeviceCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('vendor', 'sign_in', call),
});

export const signInVendorWithCode = publicAction({
  input: verifyInput,
  limit: 'form.submit',
  handler: (call) => handleCodeSignIn('vendor', call),
});

export const forgotVendorPassword = publicAction({
  input: forgotPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleForgotPassword('vendor', call),
});

export const resendVendorResetCode = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: (call) => handleResend('vendor', 'password_reset', call),
});

export const resetVendorPassword = publicAction({
  input: resetPasswordInput,
  limit: 'form.submit',
  handler: (call) => handleResetPassword('vendor', call),
});

export const signOutVendor = publicAction({
  input: nothingInput,
  limit: 'form.submit',
  handler: () => handleSignOut('vendor'),
});
