type Format = {
  number(value: number, options: { style: 'unit'; unit: string; maximumFractionDigits: number }): string;
};

const mebibyte = 1024 ** 2;

/** A number of bytes as people read it, in the language of `format`: megabytes, or gigabytes from one of them on. */
export function byteSize(format: Format, bytes: number): string {
  const [value, unit] =
    bytes < 1024 * mebibyte ? [bytes / mebibyte, 'megabyte'] : [bytes / 1024 / mebibyte, 'gigabyte'];
  return format.number(value, { style: 'unit', unit, maximumFractionDigits: value < 100 ? 1 : 0 });
}
