/** Runs that are disturbed: by another process, a full disk, a folder that cannot be written, files that are gone. */
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FolderLock, LOCK_NAME } from "../../../experiments/run_folder/lock.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { granted } from "../../permissions.ts";
import {
  contents,
  copy,
  folderIn,
  numbersIn,
  onceThere,
  RESUME,
  SIZES,
  start,
} from "../run_folders.ts";

const OVERWRITE = [...SIZES, "--overwrite"];

Deno.test("run() under disturbance", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const whole = join(root, "whole"), stopped = join(root, "stopped");
  await start(whole, SIZES);
  await start(stopped, SIZES, onceThere(join(folderIn(stopped), "metrics.csv")));
  const wanted = numbersIn(folderIn(whole));
  let copies = 0;
  const copyOf = async (out: string) => {
    const to = join(root, `copy-${++copies}`);
    await copy(out, to);
    return to;
  };
  /** The run is refused, and its folder is as it was. */
  const refuse = async (out: string, flags: string[], message: string) => {
    const before = contents(out);
    await assertRejects(() => start(out, flags), RunError, message);
    assertEquals(contents(out), before);
  };

  await t.step("refuses a folder that another process writes into", async () => {
    const out = await copyOf(stopped), folder = folderIn(out);
    {
      using _other = await FolderLock.take(folder);
      const message =
        `${folder} is in use by another process: wait until it is done, or choose another --out`;
      await refuse(out, RESUME, message);
      await refuse(out, OVERWRITE, message);
    }
    assertEquals((await start(out, RESUME)).result, 0);
    assertEquals(numbersIn(folder), wanted);
  });

  await t.step(
    "does not mind the lock that a killed process left, and locks what it clears",
    async () => {
      const out = await copyOf(stopped), folder = folderIn(out);
      await Deno.writeTextFile(join(folder, LOCK_NAME), "");
      let locked = false;
      const stop = {
        get requested() {
          locked ||= Deno.statSync(join(folder, LOCK_NAME)).isFile;
          return false;
        },
      };
      assertEquals((await start(out, OVERWRITE, stop)).result, 0);
      assert(locked);
      assertEquals(numbersIn(folder), wanted);
      // A folder with nothing but such a lock is a free one.
      const begun = join(root, "begun");
      await Deno.mkdir(folderIn(begun), { recursive: true });
      await Deno.writeTextFile(join(folderIn(begun), LOCK_NAME), "");
      assertEquals((await start(begun, SIZES)).result, 0);
    },
  );

  await t.step("FolderLock leaves no folder behind in which nothing came to be", async () => {
    const folder = join(root, "nothing");
    (await FolderLock.take(folder))[Symbol.dispose]();
    await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
  });

  await t.step("survives a full disk at any file, and resumes to the same bytes", async () => {
    // Each as it comes to be, or as it is replaced, is cut in the middle.
    const paths = await written(() => start(join(root, "order"), SIZES));
    const names = paths.map((path) => path.slice(path.indexOf("seed-1") + 7).replace(".part", ""));
    const full: [name: string, at: number][] = [
      ...["config.json", "last.safetensors", "metrics.csv", "summary.json"]
        .map((name): [string, number] => [name, names.indexOf(name)]),
      ...["best.safetensors", "last.safetensors", "train.png"]
        .map((name): [string, number] => [name, names.lastIndexOf(name)]),
    ];
    for (const [name, at] of full) {
      assert(at >= 0, name);
      const out = join(root, `full-${at}`), folder = folderIn(out);
      const message =
        `${join(folder, name)} cannot be written (No space left on device (os error 28)): ` +
        "make room or choose another folder with --out; what was written before is intact";
      await fullAt(at, () => assertRejects(() => start(out, SIZES), RunError, message));
      assertEquals([...contents(out).keys()].filter((f) => f.endsWith(".part")), []);
      // Where not even the config was written, there is nothing to resume.
      const flags = name === "config.json" ? SIZES : RESUME;
      assertEquals((await start(out, flags)).result, 0, `${name}, write ${at}`);
      assertEquals(numbersIn(folder), wanted, `${name}, write ${at}`);
      await Deno.remove(out, { recursive: true });
    }
  });

  await t.step("names a folder that cannot be written into", async () => {
    const out = join(root, "read-only");
    await copy(stopped, out);
    await Deno.chmod(folderIn(out), 0o555);
    const bound = await Deno.writeTextFile(join(folderIn(out), "x"), "").then(
      () => false,
      () => true,
    );
    if (bound) {
      const advice = "choose another --out";
      await refuse(
        out,
        RESUME,
        `${folderIn(out)} cannot be used as a run folder (Permission denied`,
      );
      await refuse(out, OVERWRITE, advice);
    } else {
      // deno-lint-ignore no-console
      console.log("left out: this user may write into every folder");
    }
    await Deno.chmod(folderIn(out), 0o755);
    if (Deno.build.os === "linux") {
      // What Deno keeps its programs from is said in plain words, too.
      const { message } = await assertRejects(() => start("/proc/x", SIZES), RunError);
      const state =
        "cannot be used as a run folder (this program may not use it): choose another --out";
      assertEquals(message, `${folderIn("/proc/x")} ${state}`);
    }
    const file = join(root, "file");
    await Deno.writeTextFile(file, "");
    await assertRejects(
      () => start(join(file, "runs"), SIZES),
      RunError,
      "cannot be used as a run folder",
    );
  });

  await t.step("--resume refuses tables that are gone, cut, or another run's", async () => {
    const tables = [...contents(folderIn(stopped)).keys()].filter((f) =>
      f.endsWith(".csv") && f !== "confusion.csv"
    );
    assertEquals(tables.length, 7);
    const advice = "put the file back, or start again with --overwrite";
    for (const name of tables) {
      const out = await copyOf(stopped), path = join(folderIn(out), name);
      const text = await Deno.readTextFile(path), lines = text.trimEnd().split("\n");
      await Deno.remove(path);
      await refuse(
        out,
        RESUME,
        `${path} is not there, but the checkpoint is that of epoch 1: ${advice}`,
      );
      await Deno.writeTextFile(path, `${lines[0]}\n`);
      await refuse(out, RESUME, `${path} lacks lines of epoch 1, but the checkpoint`);
      await Deno.writeTextFile(path, text.slice(0, -3).replace(/,[^,]*$/, ""));
      await refuse(out, RESUME, `${path} `);
      await Deno.writeTextFile(path, text.replace("epoch,", "epoch,more,"));
      await refuse(out, RESUME, `${path} does not have the columns of this run, but`);
    }
    const out = await copyOf(whole), path = join(folderIn(out), "steps.csv");
    const lines = (await Deno.readTextFile(path)).split("\n");
    await Deno.writeTextFile(path, lines.filter((line) => !line.startsWith("2,2,")).join("\n"));
    await refuse(
      out,
      RESUME,
      `${path} lacks lines of epoch 2, but the checkpoint is that of epoch 2`,
    );
  });

  await t.step("--resume says what figures are left out when features are gone", async () => {
    const out = await copyOf(stopped), folder = folderIn(out);
    await Deno.remove(join(folder, "features", "epoch-001.npy"));
    const { result, out: said } = await start(out, RESUME);
    assertEquals(result, 0);
    assert(
      said.includes(`${join(folder, "features")} lacks epoch 1: numbers are not touched`),
      said,
    );
    for (const name of ["metrics.csv", "last.safetensors"]) {
      assertEquals(numbersIn(folder).get(name), wanted.get(name), name);
    }
  });

  await t.step("--resume of a finished run names what is gone, or a link to nothing", async () => {
    for (const link of [false, true]) {
      const out = await copyOf(whole), folder = folderIn(out);
      for (const name of ["features/epoch-001.npy", "confusion.csv"]) {
        await Deno.remove(join(folder, name));
        if (link) await Deno.symlink(join(root, "nothing"), join(folder, name));
      }
      const { result, out: said } = await start(out, RESUME);
      assertEquals(result, 0);
      assert(said.includes(`${join(folder, "features")} lacks epoch 1: `), said);
      assert(said.includes(`${join(folder, "confusion.csv")} is not there: only --over`), said);
    }
  });

  await t.step(
    "--overwrite that is killed while it deletes can be repeated, not resumed",
    async () => {
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
        await refuse(
          out,
          RESUME,
          "is not there, so there is nothing to resume: put it back, or start",
        );
        await refuse(out, SIZES, "holds a run already: continue it with --resume or start again");
        assertEquals((await start(out, OVERWRITE)).result, 0);
        assertEquals(numbersIn(folder), wanted);
      }
    },
  );

  await t.step(
    "--resume of a run that was killed before its first checkpoint begins it",
    async () => {
      const out = join(root, "config-only");
      await copy(whole, out);
      for (const name of contents(folderIn(out)).keys()) {
        if (name !== "config.json") await Deno.remove(join(folderIn(out), name));
      }
      for (const name of ["features", "frames", "projector"]) {
        await Deno.remove(join(folderIn(out), name));
      }
      assertEquals((await start(out, RESUME)).result, 0);
      assertEquals(numbersIn(folderIn(out)), wanted);
    },
  );

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});

/** Paths that are written, in their order. */
async function written(act: () => Promise<unknown>): Promise<string[]> {
  const { writeFile } = Deno;
  const paths: string[] = [];
  Deno.writeFile = (path, ...rest) => {
    paths.push(String(path));
    return writeFile(path, ...rest);
  };
  try {
    await act();
  } finally {
    Deno.writeFile = writeFile;
  }
  return paths;
}

/** From a write on the disk is full: of that file half is written, of later ones nothing. */
async function fullAt(at: number, act: () => Promise<unknown>): Promise<void> {
  const { writeFile } = Deno;
  let writes = 0;
  Deno.writeFile = async (path, data, ...rest) => {
    if (writes++ < at) return await writeFile(path, data, ...rest);
    const bytes = data as Uint8Array<ArrayBuffer>;
    if (writes - 1 === at) await writeFile(path, bytes.subarray(0, bytes.length >> 1), ...rest);
    throw new Error("No space left on device (os error 28)");
  };
  try {
    await act();
  } finally {
    Deno.writeFile = writeFile;
  }
}
