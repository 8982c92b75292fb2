import { operations } from '#lib/api/operations/table.ts';
import { apiRoute } from '#lib/auth/door/token-route.ts';

export const GET = apiRoute(operations, 'GET');
export const POST = apiRoute(operations, 'POST');
export const PUT = apiRoute(operations, 'PUT');
export const DELETE = apiRoute(operations, 'DELETE');
