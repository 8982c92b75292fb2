const sslRequest = 80_877_103;

/**
 * Reads what a client of PostgreSQL says: the texts of the statements that it has run, in order. One that was prepared
 * before travels by its name alone, so its text is remembered from then (protocol 3.0, "Message Formats").
 */
export function statementReader(): (chunk: Buffer) => string[] {
  const prepared = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let isStarting = true;

  const textAt = (body: Buffer, from: number) => body.toString('utf8', from, body.indexOf(0, from));

  function statementOf(type: string, body: Buffer): string | undefined {
    if (type === 'Q') return textAt(body, 0);
    const first = textAt(body, 0);
    const second = () => textAt(body, Buffer.byteLength(first) + 1);
    if (type === 'P') prepared.set(first, second());
    return type === 'B' ? prepared.get(second()) : undefined;
  }

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const texts: string[] = [];
    for (;;) {
      const head = isStarting ? 0 : 1;
      if (rest.length < head + 4) break;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) break;
      if (isStarting) isStarting = rest.readInt32BE(4) === sslRequest;
      else {
        const text = statementOf(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, end));
        if (text !== undefined) texts.push(text);
      }
      rest = rest.subarray(end);
    }
    return texts;
  };
}
