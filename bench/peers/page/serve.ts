/** The page that the programs run in, as a server on this machine has it. */
import { fileURLToPath } from "node:url";
import { RunError } from "../../../src/base/errors.ts";

const OTHERS = new URL("../others/", import.meta.url);
/** The parts of TensorFlow.js's WebAssembly backend. */
const WASM = /^\/wasm\/(tfjs-backend-wasm[a-z-]*\.wasm)$/;
const WASM_PACKAGE = "@tensorflow/tfjs-backend-wasm/4.22.0/dist/";

async function deno(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new RunError(`deno ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** Serves it on a free port; npm's packages are fetched when it is made. */
export async function servePage(): Promise<Deno.HttpServer<Deno.NetAddr>> {
  const entry = fileURLToPath(new URL("page.ts", OTHERS));
  const program = await deno("bundle", "--quiet", "--platform", "browser", entry);
  const { npmCache } = JSON.parse(await deno("info", "--json")) as { npmCache: string };
  const registries: string[] = [];
  for await (const { name } of Deno.readDir(npmCache)) registries.push(name);
  const html = '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>';
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const { pathname } = new URL(url), wasm = WASM.exec(pathname)?.[1];
    const respond = (body: BodyInit, type: string) =>
      new Response(body, { headers: { "content-type": type } });
    if (pathname === "/") return respond(html, "text/html; charset=utf-8");
    if (pathname === "/page.js") return respond(program, "text/javascript; charset=utf-8");
    for (const registry of wasm ? registries : []) {
      const file = `${npmCache}/${registry}/${WASM_PACKAGE}${wasm}`;
      const bytes = await Deno.readFile(file).catch(() => undefined);
      if (bytes) return respond(bytes, "application/wasm");
    }
    return new Response(null, { status: 404 });
  });
}
