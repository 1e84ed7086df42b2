/// <reference lib="dom" />
/** Copies a text, or shows it where a browser does not let a page copy. */
import type { Notice } from "../notice.ts";

/** `done` is said then. */
export async function copyText(text: string, done: string, notice: Notice): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice.say(done, "run");
  } catch {
    notice.text(text);
  }
}
