/** What the project's files must be, so that they are the same on Windows. */
import { assert, assertEquals } from "@std/assert";
import { granted } from "../permissions.ts";

const ROOT = new URL("../../", import.meta.url);
/** What git ignores, and its own folder. */
const IGNORED = /^(\.git|runs|\.cache|\.device|coverage|dist|compared)$/;

/** All paths of the project, folders with a `/` behind them. */
function* paths(folder = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(encodeURI(folder), ROOT))) {
    if (folder === "" && IGNORED.test(name)) continue;
    const path = folder + name + (isDirectory ? "/" : "");
    yield path;
    if (isDirectory) yield* paths(path);
  }
}

const read = (path: string) => Deno.readTextFileSync(new URL(path, ROOT));

Deno.test("git checks every file out as it is committed", async () => {
  if (!await granted("read")) return;
  assert(/^\* -text$/m.test(read(".gitattributes")));
});

Deno.test("Windows can have a file of every name, and of no two the same", async () => {
  if (!await granted("read")) return;
  const all = [...paths()];
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
  const cannot = all.filter((path) => {
    const name = path.replace(/\/$/, "").split("/").at(-1)!;
    return /[<>:"\\|?*]|[. ]$/.test(name) || reserved.test(name);
  });
  assertEquals(cannot, []);
  const same = Map.groupBy(all, (path) => path.toLowerCase()).values();
  assertEquals([...same].filter((names) => names.length > 1), []);
});

Deno.test("no file's path is the pathname of its address, which begins with a drive's slash", async () => {
  if (!await granted("read")) return;
  const rooms = /^(bench|cli|data|experiments|lab|package|src)\/.*\.ts$/;
  const wrong = [...paths()].filter((path) => rooms.test(path) && /\.pathname\b/.test(read(path)));
  assertEquals(wrong, []);
});

Deno.test("reports write paths into Markdown with slashes", async () => {
  if (!await granted("read")) return;
  const reports = [...paths()].filter((path) => /^experiments\/report\/.*\.ts$/.test(path));
  const bare = /(\]\(|src=")[^`\n]*\$\{path\}/;
  assertEquals(reports.filter((path) => bare.test(read(path))), []);
});
