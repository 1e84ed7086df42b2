/** The page as files: its program bundled by esbuild, which Deno brings along, and what stands beside them. */
import { RunError } from "../../src/base/errors.ts";

/** A file of the page: its name, its type and its bytes. */
export interface PageFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The program of the page and of its worker. */
const PROGRAM = "../main.ts";
/** Files that are as they are. */
const STATIC = {
  "index.html": ["../static/index.html", "text/html"],
  "style.css": ["../static/style.css", "text/css"],
  "recorded.json": ["../../results/lab/recorded.json", "application/json"],
} as const;

/** Where the page asks for names of images that the server has. */
export const SERVED_IMAGES = "data/index.json";

/** The part of Deno's bundler that is used here; its types come with a flag. */
interface Bundler {
  bundle(options: {
    entrypoints: string[];
    platform: "browser";
    format: "esm";
    minify: boolean;
    write: false;
  }): Promise<{
    success: boolean;
    errors: { text: string }[];
    outputFiles?: { text(): string }[];
  }>;
}

/**
 * Bundles the page.
 *
 * @throws {RunError} When the program does not bundle.
 */
export async function pageFiles(): Promise<PageFile[]> {
  const encoder = new TextEncoder();
  const text = await bundled(new URL(PROGRAM, import.meta.url).href);
  const program = { name: "lab.js", type: "text/javascript", bytes: encoder.encode(text) };
  const files = Object.entries(STATIC).map(async ([name, [source, type]]) => {
    return { name, type, bytes: await Deno.readFile(new URL(source, import.meta.url)) };
  });
  // Which images a server has; one of plain files has none.
  const images = { name: SERVED_IMAGES, type: "application/json", bytes: encoder.encode("[]") };
  return [program, ...await Promise.all(files), images];
}

/**
 * A program as one text.
 *
 * @throws {RunError} When it does not bundle.
 */
export async function bundled(entry: string): Promise<string> {
  const { success, errors, outputFiles } = await (Deno as unknown as Bundler).bundle({
    ...{ entrypoints: [entry], platform: "browser", format: "esm", minify: true, write: false },
  });
  const text = outputFiles?.[0]?.text();
  if (success && text) return await lighter(text);
  throw new RunError(
    `Cannot bundle the lab: ${errors.map(({ text }) => text).join("; ") || "no output"}`,
  );
}

/** Folders of texts that the program holds as they are. */
const SHADERS = ["../../kernels/", "../train/", "../draw/"];
/** A font of letters that a page's figures hardly need; `font.ts` does without. */
const SPARE_FONT = "../../src/figures/font/dejavu_sans_more.ttf.base64";

/** The program without comments and indents of its shaders, and without its second font: together they are a third of it. */
async function lighter(program: string): Promise<string> {
  const font = await Deno.readTextFile(new URL(SPARE_FONT, import.meta.url));
  let light = program.replace(font, "");
  for (const folder of SHADERS) {
    for await (const { name } of Deno.readDir(new URL(folder, import.meta.url))) {
      if (!name.endsWith(".wgsl")) continue;
      const text = await Deno.readTextFile(new URL(folder + name, import.meta.url));
      light = light.replace(asTemplate(text), () => asTemplate(lightShader(text)));
    }
  }
  return light;
}

/** A text as it stands in the program: within backticks. */
function asTemplate(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, "\\$&");
}

/**
 * A shader without indents and comments, but marks of loops and arrays, and lines that say which texts it uses. It begins with
 * an empty line: constants may stand right in front of it, and such a line counts only where it begins.
 */
export function lightShader(text: string): string {
  const code = text.replace(/^[ \t]*\/\/(?! uses ).*\n/gm, "").replace(/^[ \t]+/gm, "")
    .replace(/[ \t]+\/\/ (?!(?:unroll|texture|into texture)$).*$/gm, "");
  return `\n${code}`.replace(/\n{2,}/g, "\n");
}
