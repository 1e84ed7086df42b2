import { assertRejects } from "@std/assert";
import { servedFile, servedFiles } from "../../lab/ui/files/served_files.ts";

Deno.test("servedFiles() says that a server is gone", async () => {
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  try {
    for (const asked of [() => servedFiles(), () => servedFile("train-images-idx3-ubyte")]) {
      await assertRejects(asked, Error, "The server of this page does not answer: start it again");
    }
  } finally {
    globalThis.fetch = fetch;
  }
});
