import { nextSegment } from './jpeg-frame.ts';

/** What an APP1 segment that holds XMP begins with (XMP specification, part 3, 1.1.3). */
const signature = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const app0 = 0xe0;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XMP that says whom a picture is owed to: the credit line of IPTC, and the description that galleries of phones show. */
export function creditPacket(credit: string): string {
  const text = credit.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);
  return [
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
    ` xmlns:dc="http://purl.org/dc/elements/1.1/" photoshop:Credit="${text}">`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></dc:description>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
  ].join('');
}

/** A JPEG with this XMP in it, its picture untouched byte for byte. */
export function withPacket(jpeg: Uint8Array, packet: string): Buffer {
  const first = nextSegment(jpeg, 2);
  // JFIF has its place right behind the start.
  const at = first?.marker === app0 ? first.end : 2;
  const data = Buffer.concat([signature, Buffer.from(packet, 'utf8')]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, at), head, data, jpeg.subarray(at)]);
}
