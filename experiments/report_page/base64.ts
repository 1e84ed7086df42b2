/** Bytes as text of a page. */

/** Base64 of the bytes of an array. */
export function base64(data: ArrayBufferView): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return (bytes as Uint8Array & { toBase64(): string }).toBase64();
}

/** The address of an image that is in the page. */
export function imageAddress(bytes: Uint8Array, type: "png" | "gif" | "jpeg"): string {
  return `data:image/${type};base64,${base64(bytes)}`;
}
