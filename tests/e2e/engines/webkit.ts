import { callText, type Engine, keyActions, waitFor } from './engine.ts';
import { start } from './processes.ts';

/** The key under which WebDriver hands out elements (w3.org/TR/webdriver2, section 12). */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** WebKitGTK by WebDriver (w3.org/TR/webdriver2), on a screen that nobody sees. */
export async function openWebKit(binary: string): Promise<Engine> {
  const screen = start('/usr/bin/Xvfb', () => [
    '-displayfd',
    '1',
    '-screen',
    '0',
    '1280x1000x24',
    '-nolisten',
    'tcp',
  ]);
  const display = await screen.said(/^(\d+)$/m);
  // A port nobody has: the driver does not say which it took, so it is asked.
  const port = 20_000 + (process.pid % 20_000) + Number(display);
  const driver = start('/usr/bin/WebKitWebDriver', () => [`--port=${port}`], {
    DISPLAY: `:${display}`,
    // Everything larger: the smallest window it makes, 447 px, holds as much as one of 320 px.
    GDK_DPI_SCALE: '1.39',
  });
  const send = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = (await response.json()) as { value: T };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  await waitFor(() => send('GET', '/status').catch(() => undefined), 'the driver of WebKit');
  const options = { binary, args: ['--automation'] };
  const { sessionId } = await send<{ sessionId: string }>('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const at = `/session/${sessionId}`;
  await send('POST', `${at}/window/rect`, { x: 0, y: 0, width: 1280, height: 960 });
  await send('POST', `${at}/timeouts`, { script: 50_000, pageLoad: 50_000 });
  return {
    goto: async (url) => void (await send('POST', `${at}/url`, { url })),
    async run(work, given) {
      const script = `const done = arguments[arguments.length - 1]; ${callText(work, given)}.then(done, (error) => done('!' + error));`;
      const answer = await send<string>('POST', `${at}/execute/async`, { script, args: [] });
      if (answer.startsWith('!')) throw new Error(answer.slice(1));
      return JSON.parse(answer);
    },
    press: async (...pressed) => void (await send('POST', `${at}/actions`, { actions: keyActions(pressed) })),
    // Where the pointer is, in the middle of the screen: without a window manager that is the active window, and no other shows its focus.
    resize: async (width) =>
      void (await send('POST', `${at}/window/rect`, { x: 400, y: 0, width, height: 960 })),
    async setFiles(selector, files) {
      const found = await send<Record<string, string>>('POST', `${at}/element`, {
        using: 'css selector',
        value: selector,
      });
      await send('POST', `${at}/element/${found[elementKey]}/value`, { text: files.join('\n') });
    },
    // The protocol tells of none.
    troubles: () => [],
    async close() {
      await send('DELETE', at).catch(() => undefined);
      await driver.stop();
      await screen.stop();
    },
  };
}
