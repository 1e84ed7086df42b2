import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { lightShader } from "../../lab/serve/bundle.ts";
import { handler } from "../../lab/serve/handler.ts";
import { writePage } from "../../lab/serve/write_page.ts";
import { RunError } from "../../src/base/errors.ts";
import { diskTest } from "../on_disk.ts";
import { granted } from "../permissions.ts";

Deno.test("lightShader() keeps code, marks of loops and arrays, and names of shared texts", () => {
  const array = "var<storage, read> x: array<f32>; // texture\n";
  const into = "var<storage, read_write> y: array<f32>; // into texture\n";
  const loop = "for (;;) { // unroll\n";
  const text =
    `// uses numbers.wgsl\n// What it is.\n\n${array}${into}fn a() { // texture of it\n  // no\n  ${loop}`;
  assertEquals(lightShader(text), `\n// uses numbers.wgsl\n${array}${into}fn a() {\n${loop}`);
});

Deno.test("handler() serves the page and nothing else", async () => {
  const bytes = new TextEncoder().encode("<p>");
  const serve = await handler([{ name: "index.html", type: "text/html", bytes }]);
  const get = (path: string) => serve(new Request(`http://127.0.0.1${path}`));
  assertEquals(await (await get("/")).text(), "<p>");
  assertEquals((await get("/")).headers.get("content-type"), "text/html; charset=utf-8");
  assertEquals(await (await get("/data/index.json")).json(), []);
  for (const path of ["/deno.json", "/data/../deno.json", "/data/train-images-idx3-ubyte"]) {
    assertEquals((await get(path)).status, 404, path);
  }
});

diskTest("handler() lists files, and finds none that is gone", async (folder) => {
  const [file, directory] = ["train", "t10k"].map((split) => `${split}-labels-idx1-ubyte`);
  await Deno.mkdir(join(folder, directory));
  await Deno.writeTextFile(join(folder, file), "");
  const serve = await handler([], folder);
  const get = (name: string) => serve(new Request(`http://127.0.0.1/data/${name}`));
  assertEquals(await (await get("index.json")).json(), [file]);
  assertEquals((await get(file)).status, 200);
  await Deno.remove(join(folder, file));
  assertEquals((await get(file)).status, 404);
});

Deno.test("handler() refuses a folder that has no MNIST", async () => {
  if (!await granted("read")) return;
  const error = await assertRejects(() => handler([], "tests/lab"), RunError);
  assert(error.message.includes("none of MNIST's files"), error.message);
  const missing = await assertRejects(() => handler([], "tests/nowhere"), RunError);
  assertEquals(missing.message.includes("readdir"), false, missing.message);
});

diskTest("writePage() replaces an older page, and nothing of somebody else", async (folder) => {
  const path = (name: string) => join(folder, name);
  const page = async (style: string) => {
    const index = await Deno.readTextFile("lab/static/index.html");
    const texts = { "index.html": index, "style.css": style, "data/index.json": "[]" };
    return Object.entries(texts).map(([name, text]) => (
      { name, type: "", bytes: new TextEncoder().encode(text) }
    ));
  };
  await Deno.writeTextFile(path("notes.txt"), "mine");
  await writePage(await page("old"), folder);
  await writePage(await page("new"), folder);
  assertEquals(await Deno.readTextFile(path("style.css")), "new");
  assertEquals(await Deno.readTextFile(path("notes.txt")), "mine");
  await Deno.writeTextFile(path("index.html"), "<title>mine</title>");
  const error = await assertRejects(async () => writePage(await page("newer"), folder), RunError);
  assert(error.message.includes("index.html is there"), error.message);
  assertEquals(await Deno.readTextFile(path("style.css")), "new");
});
