import { assert, assertEquals } from "@std/assert";
import { Kernel } from "../../../src/gpu/kernel.ts";
import { opaqueParams } from "../../../src/gpu/wgsl/opaque_params.ts";
import { granted } from "../../permissions.ts";

const show = (source: string, fields: string[]) =>
  opaqueParams(source.split("\n").map((text, i) => ({ text, line: i + 1 })), fields)
    .map(({ text, line }) => `${line}: ${text}`);

const HEAD = "@group(0) @binding(0) var<uniform> params: Params;";

Deno.test("opaqueParams() takes the number of workgroups by the name it has", () => {
  const main = "fn main(\n  @builtin(num_workgroups) groups: vec3<u32>,\n) {";
  assertEquals(show(`${HEAD}\n${main}\n  let n = params.size; // params.size`, ["size"]), [
    `1: ${HEAD}`,
    "1: var<private> no_bits: u32;",
    "2: fn main(",
    "3:   @builtin(num_workgroups) groups: vec3<u32>,",
    "4: ) {",
    "4: no_bits = groups.x >> 31u;",
    "5:   let n = (params.size | no_bits); // params.size",
  ]);
});

Deno.test("opaqueParams() leaves other fields, and a kernel without any", () => {
  const text = `${HEAD}\nfn main() {\nlet a = params.sizes + params.eps;`;
  assertEquals(show(text, ["size"]).at(-1), "3: let a = params.sizes + params.eps;");
  assertEquals(show("fn main() {", []), ["1: fn main() {"]);
});

Deno.test("no kernel leaves a condition that depends on its parameters alone", async () => {
  if (!await granted("read")) return;
  const folder = new URL("../../../kernels/", import.meta.url);
  let read = 0;
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.endsWith(".wgsl")) continue;
    const text = Deno.readTextFileSync(new URL(name, folder));
    const fields = [
      ...(/struct Params \{([^}]*)\}/.exec(text)?.[1] ?? "").matchAll(/(\w+): u32,/g),
    ];
    const one = new Proxy({}, { get: () => 1 }); // any constant, to unroll by
    const lines = new Kernel(name, text).compiledLines(one, "none", { opaque: true })
      .map(({ text }) => text.replace(/\/\/.*/, "")).join("\n");
    for (const [found, field] of lines.matchAll(/params\.(\w+)\b(?! \| no_bits\))/g)) {
      assert(!fields.some(([, name]) => name === field), `${name}: ${found} stands by itself`);
    }
    if (fields.length > 0) assert(lines.includes(".x >> 31u;"), name);
    read += fields.length;
  }
  assert(read > 100, `${read} fields`);
});
