import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { fetchFile } from "../../../data/download/fetch_file.ts";
import { RunError } from "../../../src/base/errors.ts";
import { breakOff, type Handler, mirrorTest, serve, withRanges } from "../mirror.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);

mirrorTest("fetchFile() writes the body and reports progress", async (directory) => {
  await using mirror = serve(withRanges(bytes));
  const path = join(directory, "file.part");
  const seen: [number, number | undefined][] = [];
  await fetchFile(mirror.url, path, (received, total) => seen.push([received, total]));
  assertEquals(await Deno.readFile(path), bytes);
  assertEquals(seen[0], [0, 1000]);
  assertEquals(seen.at(-1), [1000, 1000]);
});

mirrorTest("fetchFile() continues a partial file", async (directory) => {
  const ranges: (string | null)[] = [];
  const handler = withRanges(bytes);
  await using mirror = serve((request) => {
    ranges.push(request.headers.get("range"));
    return handler(request);
  });
  const path = join(directory, "file.part");
  await Deno.writeFile(path, bytes.slice(0, 300));
  const seen: [number, number | undefined][] = [];
  await fetchFile(mirror.url, path, (received, total) => seen.push([received, total]));
  assertEquals(await Deno.readFile(path), bytes);
  assertEquals(ranges, ["bytes=300-"]);
  assertEquals([seen[0], seen.at(-1)], [[300, 1000], [1000, 1000]]);
});

const fresh: [string, number, Handler][] = [
  ["the server ignores Range", 300, () => new Response(bytes)],
  ["nothing comes after what is there (HTTP 416)", 1000, withRanges(bytes)],
  [
    "the server answers with another range",
    300,
    (request) =>
      request.headers.has("range")
        ? new Response(bytes.slice(200), {
          status: 206,
          headers: { "content-range": "bytes 200-999/1000" },
        })
        : new Response(bytes),
  ],
];
for (const [when, length, handler] of fresh) {
  mirrorTest(`fetchFile() starts over where ${when}`, async (directory) => {
    await using mirror = serve(handler);
    const path = join(directory, "file.part");
    await Deno.writeFile(path, new Uint8Array(length).fill(1));
    await fetchFile(mirror.url, path);
    assertEquals(await Deno.readFile(path), bytes);
  });
}

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
  await assertRejects(
    () => fetchFile(mirror.url, join(directory, "file.part"), undefined, 100),
    Error,
    "it sent nothing for 0.1 s",
  );
  try {
    end();
  } catch { /* closed with the connection */ }
});

mirrorTest("fetchFile() names the status of a refusal", async (directory) => {
  await using mirror = serve(() => new Response("no", { status: 404 }));
  const path = join(directory, "file.part");
  await assertRejects(() => fetchFile(mirror.url, path), Error, "HTTP 404 Not Found");
});

mirrorTest("fetchFile() tells an error of the disk from one of the server", async (directory) => {
  await using mirror = serve(withRanges(bytes));
  const path = join(directory, "no-such-folder", "file.part");
  await assertRejects(() => fetchFile(mirror.url, path), RunError, `Cannot write ${path}: `);
});

for (const promised of [true, false]) {
  mirrorTest(
    `fetchFile() stops a download without end${promised ? ", and one that promises too much" : ""}`,
    async (directory) => {
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
    },
  );
}
