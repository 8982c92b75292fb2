type Format = {
  number(
    value: number,
    options: { style: 'unit'; unit: string; unitDisplay: 'long'; maximumFractionDigits: number },
  ): string;
};

const mebibyte = 1024 ** 2;

/** A number of bytes as people read it, in the language of `format`: in kilobytes, megabytes or gigabytes: as words, because the short form in Persian is Latin. */
export function byteSize(format: Format, bytes: number): string {
  const mebibytes = bytes / mebibyte;
  const [value, unit] =
    bytes > 0 && mebibytes < 1
      ? [Math.ceil(bytes / 1024), 'kilobyte']
      : mebibytes < 1024
        ? [mebibytes, 'megabyte']
        : [mebibytes / 1024, 'gigabyte'];
  return format.number(value, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: value < 100 ? 1 : 0,
  });
}
