// deno-lint-ignore-file no-console
import { firstFile } from "./first_file.ts";

/** Where packages put Chromium. */
const BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The exit code where Chromium is not installed: neither passed nor failed. */
export const LEFT_OUT = 3;

/** Says that it is not installed; gives the exit code, which is that of a failure where `all` must run. */
export function leftOut(all: boolean): number {
  console.log("left out: Chromium is not installed (apt-get install -y chromium)");
  return all ? 1 : LEFT_OUT;
}

/** The program of an installed Chromium, if there is one. */
export function installedBrowser(): string | undefined {
  return firstFile(BROWSERS);
}
