/** A folder as a web server shows it, in Chromium. */
import { extname, join } from "node:path";
import { chromium } from "npm:playwright-core@1.65.1";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };
const PATIENCE_MS = 300_000;

/**
 * Opens the page of a folder on SwiftShader, and waits for so many words on its console.
 *
 * @throws {Error} When it fails before, or takes too long.
 */
export async function inPage(
  executablePath: string,
  folder: string,
  words: number,
): Promise<string[]> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (it) => {
    const path = new URL(it.url).pathname.replace(/\/$/, "/index.html");
    const body = await Deno.readFile(join(folder, path)).catch(() => null);
    const headers = { "content-type": TYPES[extname(path)] ?? "application/octet-stream" };
    return new Response(body, { headers, status: body ? 200 : 404 });
  });
  const args = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
  const browser = await chromium.launch({ executablePath, args });
  const said: string[] = [];
  let patience: ReturnType<typeof setTimeout> | undefined;
  try {
    const page = await browser.newPage();
    await new Promise<void>((done, fail) => {
      const late = () => fail(new Error(`nothing more was said: ${said.join("; ")}`));
      patience = setTimeout(late, PATIENCE_MS);
      page.on("pageerror", fail);
      page.on("console", (message) => {
        const kind = message.type();
        if (kind === "error") fail(new Error(message.text()));
        if (kind === "log" && said.push(message.text()) === words) done();
      });
      page.goto(`http://127.0.0.1:${server.addr.port}/`).catch(fail);
    });
    return said;
  } finally {
    clearTimeout(patience);
    await browser.close();
    await server.shutdown();
  }
}
