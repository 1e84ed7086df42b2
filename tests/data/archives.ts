/** Small archives as bytes, for tests: well-formed ones, which a test then spoils. */
import { packTar, type TarHeader } from "npm:modern-tar@0.8.6";

/** Bytes of text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The same bytes as a gzip file. */
export function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).bytes();
}

/** An entry of a tar archive; a file without more. */
export type TarEntry = [path: string, bytes?: Uint8Array, type?: TarHeader["type"]];

/** A tar archive of these entries. */
export async function tar(...entries: TarEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await packTar(entries.map(([name, body = new Uint8Array(0), type = "file"]) => ({
    header: { name, size: body.length, type, linkname: "elsewhere" },
    body,
  })));
  return new Uint8Array(bytes);
}
