/** Where a link can be sent by a plain address, without a script of theirs; the most used here first. */
export const messengers = ['telegram', 'bale', 'rubika', 'whatsapp'] as const;
export type Messenger = (typeof messengers)[number];

/** The address at which a messenger takes a link and a few words. */
export function messengerAddress(messenger: Messenger, url: string, text: string): string {
  const said = new URLSearchParams({ url, text }).toString().replaceAll('+', '%20');
  switch (messenger) {
    case 'telegram':
      return `https://t.me/share/url?${said}`;
    case 'bale':
      return `https://ble.ir/share/url?${said}`;
    case 'rubika':
      return `https://rubika.ir/share?${said}`;
    case 'whatsapp':
      return `https://wa.me/?text=${encodeURIComponent(`${text} ${url}`.trim())}`;
  }
}
