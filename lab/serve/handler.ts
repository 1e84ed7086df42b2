/** Answers requests for the page, and for images of a folder that the server was given. */
import { RunError } from "../../src/base/errors.ts";
import { reason } from "../../src/base/reason.ts";
import { type PageFile, SERVED_IMAGES } from "./bundle.ts";

/** Files of MNIST, as they are called everywhere; a folder may have them packed. */
const MNIST = /^(train|t10k)-(images-idx3|labels-idx1)-ubyte(\.gz)?$/;

/**
 * The handler.
 *
 * @param folder With MNIST's files, or none.
 * @throws {RunError} When the folder has none of them.
 */
export async function handler(
  files: readonly PageFile[],
  folder?: string,
): Promise<(request: Request) => Promise<Response>> {
  const data = folder === undefined ? [] : await dataFiles(folder);
  const known = new Map(files.map((file) => [`/${file.name}`, file]));
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return async ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === `/${SERVED_IMAGES}`) return Response.json(data, { headers });
    const file = known.get(pathname === "/" ? "/index.html" : pathname);
    if (file) {
      return new Response(file.bytes, {
        headers: { ...headers, "content-type": `${file.type}; charset=utf-8` },
      });
    }
    const name = pathname.slice("/data/".length);
    if (!pathname.startsWith("/data/") || !data.includes(name)) {
      return new Response("not here", { status: 404, headers });
    }
    const bytes = await Deno.readFile(`${folder}/${name}`).catch(() => undefined);
    return new Response(bytes ?? "cannot be read", { status: bytes ? 200 : 404, headers });
  };
}

async function dataFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (MNIST.test(name) && !isDirectory) names.push(name);
    }
  } catch (error) {
    throw new RunError(`Cannot read the folder ${folder}: ${reason(error)}`);
  }
  if (names.length > 0) return names.sort();
  throw new RunError(
    `${folder} has none of MNIST's files, such as train-images-idx3-ubyte.gz: name their folder`,
  );
}
