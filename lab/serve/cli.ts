// deno-lint-ignore-file no-console
/** `deno task lab`: serves the page on this machine, or writes it as files for any web server. */
import { command } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { number, path, withDefault } from "../../cli/values.ts";
import { RunError } from "../../src/base/errors.ts";
import { printable } from "../../src/base/printable.ts";
import { whole } from "../../src/base/range.ts";
import { pageFiles } from "./bundle.ts";
import { handler } from "./handler.ts";
import { writePage } from "./write_page.ts";

/** Only this machine is served: the permission of the task ends there, too. */
const HOST = "127.0.0.1";

const LAB = command({
  name: "lab",
  about:
    "Shows the losses while they train, in a browser, on the GPU of whoever looks at the page.",
  forms: [
    ["", "serves the page on 127.0.0.1 until Ctrl-C, and opens nothing"],
    ["--build DIR", "writes the page as files for any web server; it works offline"],
  ],
  flags: {
    port: withDefault(
      number(whole(0, 65535), "where the page is served; 0 takes a free one"),
      8642,
    ),
    build: path("DIR", "a folder for the files"),
    data: path("DIR", "a folder with MNIST's files, which the page then offers"),
  },
  exclusive: [[["build", "port"], "files are not served"], [["build", "data"], "data stay here"]],
});

/** Runs the command; `signal` ends the server. */
export const main = mainOf(LAB, async ({ flags }, signal?: AbortSignal) => {
  const files = await pageFiles();
  if (flags.build !== undefined) {
    await writePage(files, flags.build);
    console.log(printable(`The page is written: serve ${flags.build} by any web server`));
    return 0;
  }
  const options = { hostname: HOST, port: flags.port, signal };
  try {
    const server = Deno.serve({
      ...options,
      onListen: ({ port }) => console.log(`Open http://${HOST}:${port}/ (Ctrl-C ends it)`),
    }, await handler(files, flags.data));
    await server.finished;
  } catch (error) {
    const { AddrInUse, PermissionDenied } = Deno.errors;
    if (!(error instanceof AddrInUse || error instanceof PermissionDenied)) throw error;
    const state = error instanceof AddrInUse ? "is taken" : "may not be used by this user";
    throw new RunError(`Port ${flags.port} ${state}: give another with --port`);
  }
  return 0;
});

if (import.meta.main) await runCli(main);
