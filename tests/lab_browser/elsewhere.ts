/// <reference lib="dom" />
/** The page as files in a folder of a server that knows nothing of it. */
import { assert, assertEquals } from "@std/assert";
import { extname, join } from "node:path";
import type { Browser } from "npm:playwright-core@1.65.1";
import type { PageFile } from "../../lab/serve/bundle.ts";
import { writePage } from "../../lab/serve/write_page.ts";
import { Visit } from "./visitor.ts";

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css" };
const FOLDER = "some/where", SETTINGS = "#images=200&width=0.125&rate=9&map=center";

/** Trains there, and goes on without a network. */
export async function checkElsewhere(browser: Browser, files: readonly PageFile[]): Promise<void> {
  const root = await Deno.makeTempDir();
  await writePage(files, join(root, FOLDER));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (it) => {
    const path = new URL(it.url).pathname.replace(/\/$/, "/index.html");
    const body = await Deno.readFile(join(root, path)).catch(() => null);
    const type = TYPES[extname(path)] ?? (path.endsWith(".html") ? "text/html" : "");
    return new Response(body, { headers: { "content-type": type }, status: body ? 200 : 404 });
  });
  const visit = await Visit.open(
    browser,
    `http://127.0.0.1:${server.addr.port}/${FOLDER}/${SETTINGS}`,
  );
  try {
    await visit.until("a step", ({ maps }) => maps[0].step > 0, 300);
    const words = (await visit.page.textContent("#notice"))!;
    assert(words.includes("takes defaults: rate=9.") && words.includes("no GPU"), words);
    await visit.page.context().setOffline(true);
    await visit.page.getByLabel("features", { exact: true }).selectOption("3, a space");
    await visit.until(
      "a step in space",
      ({ maps: [map] }) => map.step > 0 && map.centers.length === 30,
      300,
    );
    assertEquals(visit.complaints, []);
  } finally {
    await visit.close();
    await server.shutdown();
    await Deno.remove(root, { recursive: true });
  }
}
