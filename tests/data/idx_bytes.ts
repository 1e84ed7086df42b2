/** IDX files as bytes, for tests: well-formed ones, which a test then spoils. */

/** An IDX image file; its pixels count up from 0. */
export function idxImages(count: number, height = 2, width = 3): Uint8Array<ArrayBuffer> {
  const pixels = Array.from({ length: count * height * width }, (_, i) => i & 255);
  return Uint8Array.of(...bigEndian(2051, count, height, width), ...pixels);
}

/** An IDX label file. */
export function idxLabels(...labels: number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...bigEndian(2049, labels.length), ...labels);
}

/** The same bytes as a gzip file. */
export function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).bytes();
}

function bigEndian(...words: number[]): number[] {
  return words.flatMap((
    word,
  ) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}
