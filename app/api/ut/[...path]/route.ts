import { uploads } from '../../open-uploads.ts';

const handle = (request: Request) => uploads().ingest(request);

export { handle as HEAD, handle as PUT };
