/** Files as Windows has them: drives that are not there, and files that other programs have open. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { namesIn } from "../../experiments/run_folder/folder_contents.ts";
import { FolderLock } from "../../experiments/run_folder/lock.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { appendInto, writeWhole } from "../../src/base/files.ts";
import { diskTest } from "../on_disk.ts";
import { granted } from "../permissions.ts";

/** Takes these in the place of Deno's own until it is disposed. */
function inPlace(functions: Partial<typeof Deno>): Disposable {
  const own = Object.fromEntries(
    Object.keys(functions).map((name) => [name, Deno[name as keyof typeof Deno]]),
  );
  const put = (these: object) => {
    for (const [name, value] of Object.entries(these)) {
      Object.defineProperty(Deno, name, { value, configurable: true, writable: true });
    }
  };
  put(functions);
  return { [Symbol.dispose]: () => put(own) };
}

const WINDOWS = { build: { ...Deno.build, os: "windows" as const } };
const REFUSED = "Access is denied. (os error 5)", IN_USE = "It is in use. (os error 32)";

Deno.test("FolderLock.take() ends where the drive is missing", async () => {
  if (!await granted("read")) return;
  let calls = 0;
  const missing = () => {
    // Without an end it would take all memory.
    if (++calls > 1000) throw new Deno.errors.NotADirectory("asked too often");
    throw new Deno.errors.NotFound("The system cannot find the path specified. (os error 3)");
  };
  const lstatSync = () => calls > 1000 ? {} as Deno.FileInfo : missing();
  const stat = () => Promise.reject(new Deno.errors.NotFound("none"));
  const mkdir = () => Promise.resolve().then(missing);
  using _ = inPlace({ lstatSync, stat, mkdir });
  await assertRejects(() => FolderLock.take(join("runs", "a")), RunError, "cannot be used");
  assert(calls < 100, `${calls} calls`);
});

diskTest(
  "namesIn() refuses a folder below a file, which Windows does not find",
  async (directory) => {
    const file = join(directory, "file"), folder = join(file, "runs");
    await Deno.writeTextFile(file, "");
    const readDir = () => {
      throw new Deno.errors.NotFound("The system cannot find the path specified. (os error 3)");
    };
    using _ = inPlace({ readDir });
    await assertRejects(() => namesIn(folder), UsageError, `${file} is a file: name a folder`);
    assertEquals(await namesIn(join(directory, "none")), []);
  },
);

diskTest(
  "writeWhole() tries again on Windows while another program has the file open",
  async (directory) => {
    const path = join(directory, "metrics.csv"), own = Deno.rename;
    let refused = 0;
    const rename: typeof Deno.rename = async (from, to) => {
      if (refused++ < 2) {
        throw new Deno.errors.PermissionDenied(
          `${REFUSED}: rename '${from}' -> '${to}'`,
        );
      }
      await own(from, to);
    };
    await Deno.writeTextFile(path, "old");
    using _ = inPlace({ ...WINDOWS, rename });
    await writeWhole(path, "new");
    assertEquals([refused, await Deno.readTextFile(path)], [3, "new"]);
  },
);

diskTest(
  "writeWhole() and appendInto() say on Windows that another program may have the file open",
  async (directory) => {
    const path = join(directory, "metrics.csv");
    using _ = inPlace({
      ...WINDOWS,
      rename: (from, to) =>
        Promise.reject(new Deno.errors.PermissionDenied(`${REFUSED}: rename '${from}' -> '${to}'`)),
      open: (path) => Promise.reject(new Error(`${IN_USE}: open '${path}'`)),
    });
    const said =
      "close the program that has it open, make it writable or choose another folder with --out; " +
      "what was written before is intact";
    const whole = await assertRejects(() => writeWhole(path, "new"), RunError);
    assertEquals(whole.message, `${path} cannot be written (${REFUSED}): ${said}`);
    const more = await assertRejects(() => appendInto(path, 3, Uint8Array.of(1)), RunError);
    assertEquals(more.message, `${path} cannot be written (${IN_USE}): ${said}`);
  },
);
