/** Runs that are disturbed: by another process, a full disk, a folder that cannot be written or that goes away. */
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FolderLock, LOCK_NAME } from "../../../experiments/run_folder/lock.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { put } from "../../data/pictures.ts";
import {
  assertSameNumbers,
  contents,
  copyOf,
  folderIn,
  isThere,
  numbersIn,
  onceThere,
  refuse,
  RESUME,
  runTest,
  SIZES,
  start,
  startRow,
} from "../run_folders.ts";

const OVERWRITE = [...SIZES, "--overwrite"];

runTest("run() under disturbance", async (root, t) => {
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await start(whole, SIZES);
  await start(stopped, SIZES, onceThere(join(folderIn(stopped), "metrics.csv")));
  const wanted = numbersIn(folderIn(whole));

  await t.step("refuses a folder that another process writes into", async () => {
    const out = await copyOf(stopped), folder = folderIn(out);
    {
      using _other = await FolderLock.take(folder);
      const message =
        `${folder} is in use by another process: wait until it is done, or choose another --out`;
      for (const flags of [RESUME, OVERWRITE, SIZES]) await refuse(out, flags, RunError, message);
    }
    assertEquals((await start(out, RESUME)).result, 0);
    assertSameNumbers(folder, wanted);
  });

  await t.step("locks what it clears, and does not mind the lock of a killed process", async () => {
    const out = await copyOf(stopped), lock = join(folderIn(out), LOCK_NAME);
    await put(lock, "");
    let locked = false;
    const stop = {
      get requested() {
        locked ||= isThere(lock);
        return false;
      },
    };
    assertEquals((await start(out, OVERWRITE, stop)).result, 0);
    assert(locked);
    assertSameNumbers(folderIn(out), wanted);
    // A folder with nothing but such a lock is a free one.
    const begun = join(root, "begun");
    await put(join(folderIn(begun), LOCK_NAME), "");
    assertEquals((await start(begun, SIZES)).result, 0);
    assertSameNumbers(folderIn(begun), wanted);
  });

  await t.step("survives a full disk at any file, and resumes to the same bytes", async () => {
    // Each as it comes to be, or as it is replaced, is cut in the middle.
    const paths: string[] = [];
    await withWrites((path) => void paths.push(path), () => start(join(root, "order"), SIZES));
    const names = paths.map((path) => path.slice(path.indexOf("seed-1") + 7).replace(".part", ""));
    const first = ["config.json", "last.safetensors", "metrics.csv", "summary.json"];
    const later = ["best.safetensors", "last.safetensors", "train.png"];
    for (
      const [name, at] of [
        ...first.map((name) => [name, names.indexOf(name)] as const),
        ...later.map((name) => [name, names.lastIndexOf(name)] as const),
      ]
    ) {
      assert(at >= 0, name);
      const out = join(root, `full-${at}`), folder = folderIn(out);
      const message =
        `${join(folder, name)} cannot be written (No space left on device (os error 28)): ` +
        "make room or choose another folder with --out; what was written before is intact";
      let writes = 0;
      await withWrites(async (path, data, write) => {
        if (writes++ < at) return;
        if (writes - 1 === at) await write(path, data.subarray(0, data.length >> 1));
        throw new Error("No space left on device (os error 28)");
      }, () => assertRejects(() => start(out, SIZES), RunError, message));
      assertEquals([...contents(out).keys()].filter((f) => f.endsWith(".part")), []);
      // Where not even the config was written, there is nothing to resume.
      const flags = name === "config.json" ? SIZES : RESUME;
      assertEquals((await start(out, flags)).result, 0, `${name}, write ${at}`);
      assertSameNumbers(folder, wanted);
    }
  });

  await t.step("names a folder that cannot be written into", async () => {
    const out = await copyOf(stopped), folder = folderIn(out);
    await Deno.chmod(folder, 0o555);
    const bound = await put(join(folder, "x"), "").then(() => false, () => true);
    if (bound) {
      const message = `${folder} cannot be used (Permission denied`;
      for (const flags of [RESUME, OVERWRITE]) await refuse(out, flags, RunError, message);
    } else {
      // deno-lint-ignore no-console
      console.log("left out: this user may write into every folder");
    }
    await Deno.chmod(folder, 0o755);
    if (Deno.build.os === "linux") {
      // What Deno keeps its programs from is said in plain words, too.
      const { message } = await assertRejects(() => start("/proc/x", SIZES), RunError);
      const state = "cannot be used (this program may not use it): choose another --out";
      assertEquals(message, `${folderIn("/proc/x")} ${state}`);
    }
    const file = join(root, "file");
    await put(file, "");
    const message = `${file} is a file: name a folder with --out`;
    await assertRejects(() => start(join(file, "runs"), SIZES), UsageError, message);
  });

  await t.step("--overwrite that is killed as it deletes is repeated, not resumed", async () => {
    const names = [...Deno.readDirSync(folderIn(whole))].length;
    const { remove } = Deno;
    for (const kept of [1, names >> 1, names - 2]) {
      const out = await copyOf(whole), folder = folderIn(out);
      let deleted = 0;
      Deno.remove = (path, options) => {
        if (++deleted > kept) throw new Error("killed");
        return remove(path, options);
      };
      try {
        await assertRejects(() => start(out, OVERWRITE), Error, "killed");
      } finally {
        Deno.remove = remove;
      }
      assertNotEquals(numbersIn(folder), wanted);
      const nothing = "is not there, so there is nothing to resume: put it back, or start";
      await refuse(out, RESUME, RunError, nothing);
      await refuse(out, SIZES, RunError, "holds a run already: continue it with --resume or start");
      assertEquals((await start(out, OVERWRITE)).result, 0);
      assertSameNumbers(folder, wanted);
    }
  });

  await t.step("--resume begins a run that was killed before its first checkpoint", async () => {
    const out = join(root, "config-only");
    await put(join(folderIn(out), "config.json"), wanted.get("config.json")!);
    assertEquals((await start(out, RESUME)).result, 0);
    assertSameNumbers(folderIn(out), wanted);
  });

  await t.step("leaves no folder behind where it is refused", async () => {
    const nowhere = join(root, "a", "b", "c");
    const without = ["--data-dir", root];
    await assertRejects(() => startRow("cent-mnist-2", nowhere, without), RunError);
    await assertRejects(() => start(nowhere, RESUME), RunError);
    await assertRejects(() => start(nowhere, [...SIZES, "--tiles", join(root, "none")]));
    assertEquals(isThere(join(root, "a")), false);
    // What was there stays.
    await Deno.mkdir(join(nowhere, "cent-mnist-2"), { recursive: true });
    await assertRejects(() => startRow("cent-mnist-2", nowhere, without), RunError);
    assertEquals([...Deno.readDirSync(join(nowhere, "cent-mnist-2"))], []);
  });
});

const remove = (...path: string[]) => Deno.removeSync(join(...path), { recursive: true });
const removes = (name: string) => (folder: string) => remove(folder, name);

/** What somebody does to a folder whose run has finished an epoch; the file that is missed then, if one is; whether the folder is left. */
const DISTURBANCES: [what: string, act: (folder: string) => void, gone: string, left: boolean][] = [
  ["is deleted", removes("."), "", false],
  ["is deleted with all of --out", removes("../../.."), "", false],
  ["is moved", (folder) => Deno.renameSync(folder, `${folder}-moved`), "", false],
  [
    "is replaced",
    (folder) => {
      remove(folder);
      Deno.mkdirSync(folder);
      Deno.writeTextFileSync(join(folder, LOCK_NAME), "");
    },
    "",
    true,
  ],
  [
    "loses all but its lock",
    (folder) => {
      const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
      for (const name of names.filter((it) => it !== LOCK_NAME)) remove(folder, name);
    },
    "config.json",
    false,
  ],
  ["loses its config", removes("config.json"), "config.json", true],
  ["loses its features", removes("features"), "features/epoch-001.npy", true],
  ["loses its checkpoint", removes("last.safetensors"), "last.safetensors", true],
];

runTest("A run whose folder", async (root, t) => {
  for (const [what, act, gone, left] of DISTURBANCES) {
    await t.step(`${what} stops at the next write, and the place can be used`, async () => {
      const out = join(root, what.replaceAll(" ", "-"), "out"), folder = folderIn(out);
      let done = false;
      const stop = {
        get requested() {
          if (!done && isThere(join(folder, "val.png"))) {
            done = true;
            act(folder);
          }
          return false;
        },
      };
      const message = gone
        ? `${join(folder, gone)} was deleted while the run wrote into its folder`
        : `${folder} was deleted, moved or replaced while the run wrote into it`;
      const error = await assertRejects(
        () => start(out, [...SIZES, "--epochs", "3"], stop),
        RunError,
        message,
      );
      assert(!error.message.includes("\n"), error.message);
      assertEquals([isThere(folder), isThere(join(folder, "summary.json"))], [left, false]);
      if (left && !gone) assertEquals([...contents(folder).keys()], [LOCK_NAME]);
      assertEquals((await start(out, gone ? OVERWRITE : SIZES)).result, 0);
      assert(isThere(join(folder, "summary.json")));
    });
  }

  await t.step("loses its features after the last epoch ends without a summary", async () => {
    const out = join(root, "end"), folder = folderIn(out), { rename } = Deno;
    Deno.rename = async (from, to) => {
      await rename(from, to);
      if (String(to).endsWith("features.npz")) remove(folder, "features");
    };
    try {
      const message = `${join(folder, "features", "epoch-001.npy")} was deleted while the run`;
      await assertRejects(() => start(out, SIZES), RunError, message);
    } finally {
      Deno.rename = rename;
    }
    assertEquals(isThere(join(folder, "summary.json")), false);
  });

  await t.step("was free leaves none where nothing came to be", async () => {
    const folder = join(root, "nothing");
    (await FolderLock.take(folder))[Symbol.dispose]();
    assertEquals(isThere(folder), false);
    // A file of somebody's own stays, unless the folder is a run's.
    for (const [adopts, left] of [[false, true], [true, false]]) {
      await put(join(folder, LOCK_NAME), "");
      {
        using lock = await FolderLock.take(folder);
        if (adopts) lock.adopt();
      }
      assertEquals(isThere(join(folder, LOCK_NAME)), left);
    }
  });
});

/** Before each file is written, something is done. */
async function withWrites(
  before: (
    path: string,
    data: Uint8Array<ArrayBuffer>,
    write: typeof Deno.writeFile,
  ) => Promise<void> | void,
  act: () => Promise<unknown>,
): Promise<void> {
  const { writeFile } = Deno;
  Deno.writeFile = async (path, data, ...rest) => {
    await before(String(path), data as Uint8Array<ArrayBuffer>, writeFile);
    return await writeFile(path, data, ...rest);
  };
  try {
    await act();
  } finally {
    Deno.writeFile = writeFile;
  }
}
