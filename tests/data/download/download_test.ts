import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { download, md5 } from "../../../data/download/download.ts";
import { RunError } from "../../../src/base/errors.ts";
import { breakOff, mirrorTest, serve, withRanges } from "../mirror.ts";
import { diskTest } from "../temp_directory.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
const published = createHash("md5").update(bytes).digest("hex"), sum = md5(published);

/** The names in a folder. */
function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

mirrorTest(
  "download() makes the folder, and leaves the file alone the next time",
  async (directory) => {
    let requests = 0;
    await using mirror = serve(() => (requests++, new Response(bytes)));
    const file = { urls: [mirror.url], path: join(directory, "a", "b", "file"), sum };
    assertEquals(await download(file), "downloaded");
    assertEquals(await Deno.readFile(file.path), bytes);
    assertEquals(names(join(directory, "a", "b")), ["file"]);
    assertEquals(await download(file), "already there");
    assertEquals(requests, 1);
  },
);

mirrorTest("download() continues what an earlier attempt left", async (directory) => {
  await using mirror = serve(withRanges(bytes));
  const path = join(directory, "file");
  await Deno.writeFile(`${path}.part`, bytes.slice(0, 999));
  const received: number[] = [];
  const progress = (bytes: number) => void received.push(bytes);
  assertEquals(await download({ urls: [mirror.url], path, sum, progress }), "downloaded");
  assertEquals(received, [999, 1000]);
});

mirrorTest(
  "download() asks the next mirror after a refusal and after a wrong sum",
  async (directory) => {
    await using refusing = serve(() => new Response(null, { status: 503 }));
    await using lying = serve(() => new Response("<html>log in first</html>"));
    await using honest = serve(withRanges(bytes));
    const urls = [refusing.url, lying.url, honest.url];
    const path = join(directory, "file");
    assertEquals(await download({ urls, path, sum }), "downloaded");
    assertEquals(await Deno.readFile(path), bytes);
  },
);

mirrorTest(
  "download() continues on the next mirror after a broken connection",
  async (directory) => {
    const ranges: (string | null)[] = [];
    await using breaking = serve(breakOff(bytes.slice(0, 400)));
    await using whole = serve((request) => {
      ranges.push(request.headers.get("range"));
      return withRanges(bytes)(request);
    });
    const path = join(directory, "file");
    assertEquals(await download({ urls: [breaking.url, whole.url], path, sum }), "downloaded");
    assertEquals(ranges, ["bytes=400-"]);
  },
);

mirrorTest("download() names every mirror and its failure", async (directory) => {
  await using refusing = serve(() => new Response(null, { status: 403 }));
  await using lying = serve(() => new Response("other"));
  const path = join(directory, "file");
  const { message } = await assertRejects(
    () => download({ urls: [refusing.url, lying.url], path, sum }),
    RunError,
  );
  assertEquals(
    message,
    `Cannot download ${path}: every mirror failed (${refusing.url}: HTTP 403 Forbidden; ` +
      `${lying.url}: the file has MD5 795f3202b17cb6bc3d4b771d8c6c9eaf instead of ${published}). ` +
      "Try again (what has arrived is kept), or put the file there yourself",
  );
  assertEquals(names(directory), [], "a file with a wrong sum is thrown away");
});

mirrorTest("download() says why a mirror cannot be reached", async (directory) => {
  const mirror = serve(() => new Response());
  await mirror[Symbol.asyncDispose]();
  const file = { urls: [mirror.url], path: join(directory, "file"), sum };
  await assertRejects(() => download(file), RunError, "Connection refused");
});

diskTest("download() keeps a file of the user's that can be used", async (directory) => {
  const path = join(directory, "file");
  await Deno.writeTextFile(path, "mine");
  const checked: string[] = [];
  const check = (path: string) => Promise.resolve(void checked.push(path));
  assertEquals(await download({ urls: [], path, sum, check }), "kept");
  assertEquals(checked, [path]);
  assertEquals(await Deno.readTextFile(path), "mine");
});

diskTest("download() refuses to replace a file that cannot be used", async (directory) => {
  const path = join(directory, "file");
  await Deno.writeTextFile(path, "mine");
  const check = () => Promise.reject(new RunError(`Cannot read ${path}: it is empty`));
  const { message } = await assertRejects(() => download({ urls: [], path, sum, check }), RunError);
  assertEquals(
    message,
    `Cannot read ${path}: it is empty. It is left as it is; move it away to have it downloaded`,
  );
  assertEquals(await Deno.readTextFile(path), "mine");
});

diskTest("download() refuses a directory in the file's place", async (path) => {
  await assertRejects(() => download({ urls: [], path, sum }), RunError, "it is a directory");
});

diskTest("download() reports an error of the disk", async (directory) => {
  const file = join(directory, "file");
  await Deno.writeTextFile(file, "");
  const { message } = await assertRejects(
    () => download({ urls: [], path: join(file, "folder", "below"), sum }),
    RunError,
  );
  assert(/^Cannot (look at|make the folder) /.test(message), message);
});

mirrorTest("download() takes any sum, and keeps a file that has another", async (directory) => {
  await using mirror = serve(withRanges(bytes));
  const path = join(directory, "file"), urls = [mirror.url];
  const other = { name: "SHA-256", published: "right", of: () => Promise.resolve("wrong") };
  const message = "the file has SHA-256 wrong instead of right";
  await assertRejects(() => download({ urls, path, sum: other }), RunError, message);
  const unread = { ...other, of: () => Promise.reject(new RunError("it is damaged")) };
  await assertRejects(() => download({ urls, path, sum: unread }), RunError, "it is damaged");
  assertEquals(names(directory), []);
  await Deno.writeTextFile(path, "packed in another way");
  const right = { ...other, of: () => Promise.resolve("right") };
  assertEquals(await download({ urls, path, sum: right }), "already there");
  assertEquals(await download({ urls, path, sum: other }), "kept");
});
