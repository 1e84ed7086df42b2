/** Every kernel has one owner in src/, one twin in src/reference/, a header, and a readable length. */
import { assert, assertEquals } from "@std/assert";
import { granted } from "./permissions.ts";

/** The twins of each kernel. A gradient's twin is the backward half of its op's. */
const TWINS: Record<string, string[]> = {
  adam: ["adam"],
  advance: ["adam"], // counts its steps
  angular_margin: ["angular_margin"],
  append: ["append"],
  argmax: ["argmax"],
  batch_images: ["gather", "augment", "rotate"],
  batch_matmul: ["matmul"],
  batch_norm: ["batch_norm"],
  batch_norm_input_grad: ["batch_norm"],
  batch_norm_merge: ["batch_norm"],
  batch_norm_shared: [], // shared text, held to batch norm's twin by the kernels that use it
  batch_norm_stats: ["batch_norm"],
  batch_norm_sums: ["batch_norm"],
  binary: ["binary"],
  cast: ["cast"],
  center_loss: ["center_loss"],
  center_loss_center_grad: ["center_loss"],
  center_repulsion: ["center_repulsion"],
  certainty: ["certainty"],
  check_rows: ["gather"], // which numbers name no row
  collect: ["concat"],
  conv2d_finish: [], // shared text, held to conv2d's twin by the kernels that use it
  conv2d_forward: ["conv2d"],
  conv2d_forward_subgroup: ["conv2d"],
  conv2d_forward_workgroup: ["conv2d"],
  conv2d_input_grad: ["conv2d"],
  conv2d_input_grad_subgroup: ["conv2d"],
  conv2d_input_grad_workgroup: ["conv2d"],
  conv2d_weight_grad: ["conv2d"],
  conv2d_weight_grad_subgroup: ["conv2d"],
  conv2d_weight_grad_workgroup: ["conv2d"],
  copy: ["transpose", "slice", "concat"],
  dropout_mask: ["dropout"],
  equal_count: ["equal_count"],
  extremum: ["extremum"],
  extremum_grad: ["extremum"],
  fill: ["array64"], // zeros()
  gather_rows: ["gather"],
  inter_class_separation: ["inter_class_separation"],
  inter_class_separation_grad: ["inter_class_separation"],
  layer_norm: ["layer_norm"],
  matmul: ["matmul"],
  matmul_subgroup: ["matmul"],
  matmul_workgroup: ["matmul"],
  max_pool: ["max_pool2d"],
  max_pool_grad: ["max_pool2d"],
  nearest_neighbours: ["nearest_neighbours"],
  numbers: [], // shared text, held to Math's functions by tests/gpu/wgsl/numbers_gpu.ts
  one_hot: ["one_hot"],
  philox: [], // shared text: src/base/philox.ts, held to Random123's known answers
  places: [], // shared text, held to the twins of binary and matmul by the kernels that use it
  prelu: ["prelu"],
  prelu_grad: ["prelu"],
  random_bits: [], // src/base/philox.ts
  reduce: ["reduce"],
  scatter_add_rows: ["gather"],
  sgd: ["sgd"],
  softmax: ["softmax"],
  softmax_cross_entropy: ["softmax_cross_entropy"],
  distance_rows: ["squared_distances"], // of a table to itself
  squared_distances: ["squared_distances"],
  squared_distances_grad: ["squared_distances"],
  step_rate: ["sgd"], // sets its rate
  unary: ["unary"],
  where: ["where"],
  conv2d_winograd_weight_grad: ["conv2d"],
  winograd: [], // shared text, held to conv2d's twin by the kernels that use it
  conv2d_winograd: ["conv2d"],
  winograd_rows: ["conv2d"],
  winograd_weight: ["conv2d"],
  winograd_weight_grad: ["conv2d"],
};

const MOST_LINES = 190;
const root = new URL("..", import.meta.url);

/** Names of the files below `folder` that end in `.extension`, without it, relative to `folder`. */
function* names(folder: URL, extension: string, inside = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* names(new URL(`${name}/`, folder), extension, `${inside}${name}/`);
    else if (name.endsWith(`.${extension}`)) {
      yield inside + name.slice(0, -extension.length - 1);
    }
  }
}

const read = (path: string) => Deno.readTextFileSync(new URL(path, root));
const kernels = () => [...names(new URL("kernels/", root), "wgsl")].sort();

Deno.test("every kernel has an owner in src/", async () => {
  if (!await granted("read")) return;
  const owners = new Map<string, string[]>();
  for (const name of names(new URL("src/", root), "ts")) {
    for (const [, kernel] of read(`src/${name}.ts`).matchAll(/kernels\/(\w+)\.wgsl" with/g)) {
      owners.set(kernel, [...owners.get(kernel) ?? [], `src/${name}.ts`]);
    }
  }
  const wrong = kernels().filter((kernel) => !owners.has(kernel));
  assertEquals(
    wrong.map((kernel) => `${kernel}: ${owners.get(kernel)?.join(" and ") ?? "nobody imports it"}`),
    [],
  );
});

Deno.test("every kernel has a line in the table of kernels/README.md", async () => {
  if (!await granted("read")) return;
  const page = read("kernels/README.md");
  const absent = kernels().filter((name) => !page.includes(`\n| \`${name}\` `));
  assertEquals(absent, [], "the table of kernels/README.md lacks these");
});

Deno.test("every kernel has its float64 twin in src/reference/", async () => {
  if (!await granted("read")) return;
  assertEquals(Object.keys(TWINS).sort(), kernels(), "TWINS of this file and kernels/ differ");
  const twins = new Set(names(new URL("src/reference/", root), "ts"));
  const absent = Object.values(TWINS).flat().filter((twin) => !twins.has(twin));
  assertEquals(absent, [], "src/reference/ lacks these");
});

Deno.test("every kernel says what it computes before its code, in at most 190 lines", async () => {
  if (!await granted("read")) return;
  for (const name of kernels()) {
    const lines = read(`kernels/${name}.wgsl`).trimEnd().split("\n");
    const header = lines.findIndex((line) => !line.startsWith("//") && !line.startsWith("enable "));
    assert(header >= 3, `kernels/${name}.wgsl: ${header} lines of header`);
    assert(lines.length <= MOST_LINES, `kernels/${name}.wgsl: ${lines.length} lines`);
  }
});

Deno.test("every kernel's header names its buffers, its constants and its parameters", async () => {
  if (!await granted("read")) return;
  const texts = new Map(kernels().map((name) => [name, read(`kernels/${name}.wgsl`)]));
  /** The header of a kernel, and those that it refers to for what is the same there. */
  const headerOf = (name: string, seen = new Set<string>()): string => {
    if (seen.has(name)) return "";
    seen.add(name);
    const own = /^(\/\/.*\n)+/.exec(texts.get(name)!)![0];
    return own +
      [...own.matchAll(/(\w+)\.wgsl/g)].map(([, other]) => headerOf(other, seen)).join("");
  };
  const unsaid = [...texts].filter(([, text]) => text.includes("@compute")).flatMap(
    ([name, text]) => {
      const header = headerOf(name), code = text.replaceAll(/\/\/.*/g, "");
      // A parameter may be explained where it is declared; `dim4` is `dim` in groups of four.
      const fields = /struct Params \{\n([^}]*)\}/.exec(text)?.[1].split("\n") ?? [];
      const cases = [...code.matchAll(/\bcase ([\w, ]+):/g)].flatMap(([, names]) =>
        names.split(", ")
      );
      const shared = [...text.matchAll(/^\/\/ uses (\w+)\.wgsl$/gm)].map(([, it]) =>
        texts.get(it)!
      );
      const declared = [code, ...shared].flatMap((it) =>
        [...it.matchAll(/\bconst (\w+)/g)].map(([, constant]) => constant)
      );
      const wanted = [
        ...[...code.matchAll(/var<storage[^>]*> (\w+)/g)].map(([, buffer]) => buffer),
        ...fields.filter((line) => !line.includes("//")).flatMap((line) =>
          /\w+/.exec(line)?.[0] ?? []
        ),
        ...[...code.matchAll(/\b[A-Z][A-Z\d_]{2,}\b/g)].map(([constant]) => constant)
          .filter((constant) => !declared.includes(constant) && !cases.includes(constant)),
      ];
      return [...new Set(wanted)].filter((word) =>
        ![word, word.replace(/4$/, "")].some((it) => RegExp(`\\b${it}\\b`).test(header))
      ).map((word) => `kernels/${name}.wgsl: ${word}`);
    },
  );
  assertEquals(unsaid, []);
});

Deno.test("what kernels share binds nothing, and each has a kernel that uses it", async () => {
  if (!await granted("read")) return;
  const texts = new Map(kernels().map((name) => [name, read(`kernels/${name}.wgsl`)]));
  const used = new Set(
    [...texts.values()].flatMap((text) =>
      [...text.matchAll(/^\/\/ uses (\w+)\.wgsl$/gm)].map(([, name]) => name)
    ),
  );
  const shared = [...texts].filter(([, text]) => !text.includes("@compute"));
  assertEquals(shared.map(([name]) => name), [...used].sort());
  assertEquals(shared.filter(([, text]) => text.includes("@binding")), []);
});
