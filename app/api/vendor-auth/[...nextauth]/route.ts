import { getNextAuth, postNextAuth } from '#lib/auth/door/next-auth.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

export const GET = (request: Request, context: Context) => getNextAuth('vendor', request, context);
export const POST = (request: Request, context: Context) => postNextAuth('vendor', request, context);
