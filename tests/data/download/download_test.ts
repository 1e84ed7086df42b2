import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Download, download, md5 } from "../../../data/download/download.ts";
import { fetchFile } from "../../../data/download/fetch_file.ts";
import { RunError } from "../../../src/base/errors.ts";
import { breakOff, type Handler, mirrorTest, serve, withRanges } from "../mirror.ts";
import { put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
const published = createHash("md5").update(bytes).digest("hex"), sum = md5(published);

/** The names in a folder. */
function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

const whole = withRanges(bytes);
const refusing: Handler = () => new Response(null, { status: 503 });
const lying: Handler = () => new Response("<html>log in first</html>");
const ignoringRanges: Handler = () => new Response(bytes);
const otherRange: Handler = (request) =>
  request.headers.has("range")
    ? new Response(bytes.slice(200), {
      status: 206,
      headers: { "content-range": "bytes 200-999/1000" },
    })
    : new Response(bytes);

const ways: [what: string, mirrors: Handler[], before: number, requests: (string | null)[]][] = [
  ["gets a file", [whole], 0, [null]],
  ["continues what an earlier attempt left", [whole], 300, ["bytes=300-"]],
  ["continues at the last byte", [whole], 999, ["bytes=999-"]],
  ["starts over where the server ignores Range", [ignoringRanges], 300, ["bytes=300-"]],
  ["starts over where nothing comes after (HTTP 416)", [whole], 1000, ["bytes=1000-", null]],
  ["starts over where another range comes", [otherRange], 300, ["bytes=300-", null]],
  ["asks the next mirror after a refusal and a wrong sum", [refusing, lying, whole], 0, [
    null,
    null,
    null,
  ]],
  ["continues on the next mirror", [breakOff(bytes.slice(0, 400)), whole], 0, [
    null,
    "bytes=400-",
  ]],
];
for (const [what, mirrors, before, requests] of ways) {
  mirrorTest(`download() ${what}`, async (directory) => {
    const path = join(directory, "a", "b", "file"), asked: (string | null)[] = [];
    await using servers = new AsyncDisposableStack();
    const urls = mirrors.map((mirror) =>
      servers.use(serve((request) => {
        asked.push(request.headers.get("range"));
        return mirror(request);
      })).url
    );
    if (before > 0) {
      const left = mirrors[0] === whole ? bytes.slice(0, before) : new Uint8Array(before).fill(1);
      await put(`${path}.part`, left);
    }
    const seen: [number, number | undefined][] = [];
    const progress = (...amounts: [number, number | undefined]) => void seen.push(amounts);
    assertEquals(await download({ urls, path, sum, progress }), "downloaded");
    assertEquals(await Deno.readFile(path), bytes);
    assertEquals(names(join(directory, "a", "b")), ["file"]);
    assertEquals([asked, seen.at(-1)], [requests, [1000, 1000]]);
    assertEquals(await download({ urls, path, sum }), "already there");
    assertEquals(asked.length, requests.length);
  });
}

mirrorTest("download() names every mirror and its failure", async (directory) => {
  const gone = serve(() => new Response());
  await gone[Symbol.asyncDispose]();
  await using forbidding = serve(() => new Response(null, { status: 403 }));
  await using other = serve(() => new Response("other"));
  const path = join(directory, "file"), urls = [forbidding.url, other.url, gone.url];
  const { message } = await assertRejects(() => download({ urls, path, sum }), RunError);
  const failures = `${forbidding.url}: HTTP 403 Forbidden; ${other.url}: the file has MD5 ` +
    `795f3202b17cb6bc3d4b771d8c6c9eaf instead of ${published}; ${gone.url}: `;
  assert(
    message.startsWith(`Cannot download ${path}: every mirror failed (${failures}`),
    message,
  );
  assert(message.includes("Connection refused"), message);
  assert(
    message.endsWith(". Try again, or put the file there yourself"),
    message,
  );
  assertEquals(names(directory), [], "a file with a wrong sum is thrown away");
});

mirrorTest("download() says where what has arrived is kept", async (directory) => {
  await using breaking = serve(breakOff(bytes.slice(0, 400)));
  const path = join(directory, "file"), urls = [breaking.url];
  await assertRejects(() => download({ urls, path, sum }), RunError, "what has arrived is kept");
  assertEquals(names(directory), ["file.part"]);
});

mirrorTest("download() refuses a file that is being downloaded", async (directory) => {
  const path = join(directory, "file");
  let second: Promise<unknown> = Promise.resolve();
  await using mirror = serve(async (request) => {
    const words = "another process downloads it; wait until it is done";
    await (second = assertRejects(() => download({ urls: [], path, sum }), RunError, words));
    return whole(request);
  });
  assertEquals(await download({ urls: [mirror.url], path, sum }), "downloaded");
  await second;
  assertEquals(names(directory), ["file"]);
});

mirrorTest("download() takes any sum, and keeps a file that has another", async (directory) => {
  await using mirror = serve(whole);
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

diskTest(
  "download() keeps a file of the user's, or says why it cannot be used",
  async (directory) => {
    const path = join(directory, "file");
    await Deno.writeTextFile(path, "mine");
    const get = (check: Download["check"]) => download({ urls: [], path, sum, check });
    assertEquals(await get(() => Promise.resolve()), "kept");
    const refused = () => get((path) => Promise.reject(new RunError(`Cannot read ${path}: empty`)));
    await assertRejects(
      refused,
      RunError,
      `Cannot read ${path}: empty. It is left as it is; move it away to have it downloaded`,
    );
    assertEquals(await Deno.readTextFile(path), "mine");
  },
);

diskTest(
  "download() reports a directory in the file's place, and errors of the disk",
  async (directory) => {
    const get = (path: string) => download({ urls: [], path, sum });
    await assertRejects(() => get(directory), RunError, "it is a directory");
    await put(join(directory, "file"), "");
    await assertRejects(() => get(join(directory, "file", "folder", "below")), RunError, "Cannot ");
  },
);

mirrorTest("fetchFile() keeps what arrived before the connection broke", async (directory) => {
  await using mirror = serve(breakOff(bytes.slice(0, 400)));
  const path = join(directory, "file.part");
  await assertRejects(() => fetchFile(mirror.url, path));
  assertEquals(await Deno.readFile(path), bytes.slice(0, 400));
});

mirrorTest("fetchFile() gives up on a silent server", async (directory) => {
  let end = () => {};
  await using mirror = serve(() =>
    new Response(
      new ReadableStream({ start: (controller) => void (end = () => controller.close()) }),
    )
  );
  const silent = () => fetchFile(mirror.url, join(directory, "file.part"), undefined, 100);
  await assertRejects(silent, Error, "it sent nothing for 0.1 s");
  try {
    end();
  } catch { /* closed with the connection */ }
});

mirrorTest("fetchFile() tells an error of the disk from one of the server", async (directory) => {
  await using mirror = serve(whole);
  const path = join(directory, "no-such-folder", "file.part");
  await assertRejects(() => fetchFile(mirror.url, path), RunError, `Cannot write ${path}: `);
});

for (const promised of [true, false]) {
  const what = `without end${promised ? ", and one that promises too much" : ""}`;
  mirrorTest(`fetchFile() stops a download ${what}`, async (directory) => {
    let sent = 0;
    await using mirror = serve(() => {
      const endless = new ReadableStream({
        async pull(controller) {
          await new Promise((done) => setTimeout(done)); // lets the rest of this process go on
          sent++;
          controller.enqueue(new Uint8Array(1 << 16));
        },
      });
      const headers = promised ? { "content-length": `${2 ** 40}` } : undefined;
      return new Response(endless, { headers });
    });
    const path = join(directory, "file.part");
    const message = promised
      ? `it sends ${2 ** 40} bytes`
      : "bytes and more, where 1000000 are the most";
    await assertRejects(() => fetchFile(mirror.url, path, undefined, 5000, 1e6), Error, message);
    await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
    assertEquals(sent < 1000, true);
  });
}
