/** What a browser says of itself, in the few words that people recognise a device by. */
export type Agent = {
  readonly browser: 'chrome' | 'edge' | 'firefox' | 'safari' | 'samsung' | 'opera' | 'other';
  readonly system: 'android' | 'iphone' | 'ipad' | 'windows' | 'mac' | 'linux' | 'other';
};

// Most browsers name others besides themselves: the more particular name is looked for first.
const browsers: readonly [Agent['browser'], RegExp][] = [
  ['edge', /\bEdg(?:e|A|iOS)?\//],
  ['opera', /\bOPR\/|\bOpera\b/],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\bFirefox\/|\bFxiOS\//],
  ['chrome', /Chrome\/|\bCriOS\/|\bChromium\//],
  ['safari', /\bSafari\//],
];

const systems: readonly [Agent['system'], RegExp][] = [
  ['iphone', /\biPhone\b/],
  ['ipad', /\biPad\b/],
  ['android', /\bAndroid\b/],
  ['windows', /\bWindows\b/],
  ['mac', /\bMac OS X\b|\bMacintosh\b/],
  ['linux', /\bLinux\b|\bX11\b/],
];

/** Reads a user agent. What it says is shown as words of ours only, never as text of its own. */
export function describeAgent(userAgent: string | null): Agent {
  const text = userAgent ?? '';
  return {
    browser: browsers.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other',
    system: systems.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other',
  };
}

/** Whether two user agents are the same kind of browser on the same kind of device; versions do not count. */
export function isSameAgent(left: string | null, right: string | null): boolean {
  const [a, b] = [describeAgent(left), describeAgent(right)];
  return a.browser === b.browser && a.system === b.system;
}
