// deno-lint-ignore-file no-console
/**
 * How far a download is, for people.
 *
 * @module
 */
import { printable } from "../../src/base/printable.ts";
import type { DownloadReport } from "./download.ts";

/** Milliseconds between two rewritings of the progress line. */
const INTERVAL = 100;

const OUTCOMES = {
  "downloaded": "downloaded, sum checked",
  "already there": "already there, sum checked",
  "kept": "kept as it is: it can be read, but is not the published file",
  "brought": "already there, and can be read",
};

/** A report on standard output: a line a file, and on a terminal one more that is rewritten as bytes arrive. */
export function progressReport(): DownloadReport {
  const terminal = Deno.stdout.isTerminal();
  const rewrite = (line: string) =>
    Deno.stdout.writeSync(new TextEncoder().encode(`\r${line}\x1b[K`));
  let last = -Infinity;
  return {
    progress(name, received, total) {
      if (!terminal || performance.now() - last < INTERVAL) return;
      last = performance.now();
      rewrite(`${name}  ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ""} MB`);
    },
    done(path, outcome) {
      if (terminal) rewrite("");
      console.log(`${printable(path)}: ${OUTCOMES[outcome]}`);
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
