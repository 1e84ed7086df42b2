/// <reference lib="dom" />
/** Hands a file to the browser, which saves it. */
import { h } from "../element.ts";

/** Saves bytes under a name. */
export function save(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
