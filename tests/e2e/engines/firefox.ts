import { callText, type Engine, keyActions } from './engine.ts';
import { start } from './processes.ts';

type Remote = { sharedId: string };
type Evaluated =
  | { type: 'success'; result: { type: string; value?: unknown; sharedId?: string } }
  | { type: 'exception'; exceptionDetails: { text: string } };
type Log = { level: string; text: string | null };

/** What a command or an event looks like on the line. */
type Message = {
  id?: number;
  result?: unknown;
  error?: string;
  message?: string;
  method?: string;
  params?: Log;
};

/** Firefox by WebDriver BiDi (w3.org/TR/webdriver-bidi), which it speaks itself. */
export async function openFirefox(binary: string): Promise<Engine> {
  const browser = start(binary, (home) => [
    '--headless',
    '--no-remote',
    '--profile',
    home,
    '--remote-debugging-port=0',
    // For the window's own document, which `activate` speaks to.
    '--remote-allow-system-access',
    '--width=1280',
    '--height=900',
  ]);
  const address = await browser.said(/WebDriver BiDi listening on (ws:\S+)/);
  const line = new WebSocket(`${address}/session`);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const troubles: string[] = [];
  line.addEventListener('message', ({ data }) => {
    const { id, result, error, message, method, params } = JSON.parse(String(data)) as Message;
    const trouble = method === 'log.entryAdded' && params?.level === 'error' ? (params.text ?? '') : null;
    if (trouble !== null) troubles.push(trouble);
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (error) asked?.reject(new Error(`${error}: ${message}`));
    else asked?.resolve(result);
  });
  await new Promise((resolve, reject) => {
    line.addEventListener('open', resolve, { once: true });
    line.addEventListener('error', reject, { once: true });
  });
  let last = 0;
  const send = <T>(method: string, params: object): Promise<T> => {
    last += 1;
    const id = last;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: (result) => resolve(result as T), reject });
      line.send(JSON.stringify({ id, method, params }));
    });
  };
  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const contextOf = async (scope: 'content' | 'chrome') => {
    type Tree = { contexts: { context: string }[] };
    const { contexts } = await send<Tree>('browsingContext.getTree', { 'moz:scope': scope });
    return contexts[0]?.context ?? '';
  };
  const context = await contextOf('content');
  const evaluate = async (expression: string, target = { context }) => {
    const answer = await send<Evaluated>('script.evaluate', { expression, target, awaitPromise: true });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return answer.result;
  };
  const chrome = { context: await contextOf('chrome') };
  // A window that nobody looks at is never the active one, and in such a one Firefox focuses and presses no button.
  const activate = () =>
    evaluate('Services.focus.activeWindow = window; gBrowser.selectedBrowser.focus()', chrome);
  await activate();
  return {
    async goto(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
      await activate();
    },
    run: async (work, given) => JSON.parse(String((await evaluate(callText(work, given))).value)),
    press: async (...pressed) =>
      void (await send('input.performActions', { context, actions: keyActions(pressed) })),
    resize: async (width) =>
      void (await send('browsingContext.setViewport', { context, viewport: { width, height: 720 } })),
    async setFiles(selector, files) {
      const { sharedId } = await evaluate(`document.querySelector(${JSON.stringify(selector)})`);
      const element: Partial<Remote> = { sharedId };
      await send('input.setFiles', { context, element, files });
    },
    troubles: () => troubles,
    async close() {
      line.close();
      await browser.stop();
    },
  };
}
