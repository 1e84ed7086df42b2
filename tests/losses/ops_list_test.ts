/** The list of ops in `docs/custom_loss.md` names all that `mod.ts` exports for losses, once each. */
import { assertEquals } from "@std/assert";
import * as ops from "../../src/ops/mod.ts";
import { granted } from "../permissions.ts";

Deno.test("docs/custom_loss.md lists every op and every loss, and nothing else", async () => {
  if (!await granted("read")) return;
  const page = await Deno.readTextFile("docs/custom_loss.md");
  const [, list = ""] = /<!-- ops:begin -->(.*)<!-- ops:end -->/s.exec(page) ?? [];
  const listed = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const { backward: _, ops: __, ...all } = ops;
  const faces = await Deno.readTextFile("mod.ts");
  const losses = [...faces.matchAll(/export \{([^}]*)\} from "\.\/src\/losses\//g)]
    .flatMap(([, names]) => names.split(",").map((it) => it.trim()))
    .filter((name) => /^[a-z]\w*$/.test(name)); // neither a type nor a constant
  assertEquals(
    listed.toSorted(),
    [...Object.keys(all), ...losses].toSorted(),
    "the list of docs/custom_loss.md, and what mod.ts exports",
  );
});
