/** Tar archives as bytes, for tests: well-formed ones, which a test then spoils. */

/** An entry; a file without more. */
export interface TarEntry {
  path: string;
  bytes?: Uint8Array<ArrayBuffer>;
  type?: string;
  /** Of the header, where POSIX has the beginning of long paths. */
  prefix?: string;
}

/** An archive of these entries, and the two empty blocks that end it. */
export function tar(...entries: TarEntry[]): Uint8Array<ArrayBuffer> {
  const parts = entries.flatMap(({ path, bytes = new Uint8Array(0), type = "0", prefix = "" }) => [
    header(path, bytes.length, type, prefix),
    bytes,
    new Uint8Array((512 - bytes.length % 512) % 512),
  ]);
  return joined(...parts, new Uint8Array(1024));
}

/** The same entries, from what a map holds. */
export function tarOf(files: Map<string, Uint8Array<ArrayBuffer>>): Uint8Array<ArrayBuffer> {
  return tar(...Array.from(files, ([path, bytes]) => ({ path, bytes })));
}

/** Bytes of text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function header(path: string, size: number, type: string, prefix: string) {
  const block = new Uint8Array(512);
  const put = (at: number, text: string) => block.set(ascii(text), at);
  put(0, path);
  put(100, "0000644\0");
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(156, type);
  put(257, "ustar\x0000");
  put(345, prefix);
  put(148, "        ");
  const sum = block.reduce((sum, byte) => sum + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

function joined(...parts: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
