import { assert, assertEquals } from "@std/assert";
import { handler } from "../../lab/serve/handler.ts";
import { withoutComments } from "../../lab/serve/bundle.ts";
import { RunError } from "../../src/base/errors.ts";
import { assertRejects } from "@std/assert";

Deno.test("withoutComments() keeps code, marks of loops, and names of shared texts", () => {
  const text =
    "// uses numbers.wgsl\n// What it is.\n\nfn a() { // here\n  // no\n  for (;;) { // unroll\n";
  assertEquals(
    withoutComments(text),
    "\n// uses numbers.wgsl\nfn a() { // here\n  for (;;) { // unroll\n",
  );
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

Deno.test("handler() refuses a folder that has no MNIST", async () => {
  const error = await assertRejects(() => handler([], "tests/lab"), RunError);
  assert(error.message.includes("none of MNIST's files"), error.message);
});
