import { uploads } from '../open-uploads.ts';

const handle = (request: Request) => uploads().route(request);

export { handle as GET, handle as POST };
