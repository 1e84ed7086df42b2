// deno-lint-ignore-file no-console
/** `deno task losses:draw`: how each loss of the table sees the plane, as pictures of `docs/losses.md`. */
import { join } from "node:path";
import { command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { oneOf } from "../cli/values.ts";
import { encodePng, type Frame } from "../src/figures/mod.ts";
import { pullMap } from "../src/figures/pull_map.ts";
import { openGpu } from "../src/gpu/device.ts";
import { readIfThere, writeWhole } from "../src/base/files.ts";
import { LOSSES, type LossKind, lossOf, type LossRecipe } from "../src/losses/table.ts";
import { onlyTurns, pullsOf, pushOf } from "./report/pulls.ts";

const KINDS = oneOf(
  "KIND",
  (Object.keys(LOSSES) as LossKind[]).filter((kind) => kind !== "own"),
  "one loss alone, by its kind",
);

const DRAW = command({
  name: "losses:draw",
  about: "Draws how each loss sees the plane: the pictures of docs/losses.md.",
  forms: [["", "draws all"]],
  flags: { only: KINDS },
});

async function save(name: string, frame: Frame): Promise<void> {
  const file = join("docs", "losses", `${name}.png`);
  await writeWhole(file, encodePng(frame));
  console.log(file);
}

/** Of what recipes the pictures are: a test compares them with those that the losses start from. */
const STARTS = join("docs", "losses", "starts.json");

async function startsThere(): Promise<Record<string, unknown>> {
  const there = await readIfThere(STARTS);
  return there ? JSON.parse(new TextDecoder().decode(there)) : {};
}

/** Draws all losses but one's own, which has no formula. */
const main = mainOf(DRAW, async ({ flags: { only } }) => {
  using _gpu = await openGpu();
  const starts = only ? await startsThere() : {};
  for (const kind of Object.keys(LOSSES) as LossKind[]) {
    if (kind === "own" || kind !== (only ?? kind)) continue;
    const { name, start } = lossOf(kind);
    const map = await pullsOf(start as LossRecipe);
    const frame = pullMap({ ...map, rays: onlyTurns(map), title: `${name}: a sample of class 0` });
    await save(kind, frame);
    const push = await pushOf(start as LossRecipe);
    if (push) {
      const title = `${name}: what its push between classes adds`;
      await save(`${kind}-push`, pullMap({ ...push, title }));
    }
    starts[kind] = start;
    await writeWhole(STARTS, `${JSON.stringify(starts, null, 2)}\n`);
  }
  return 0;
});

if (import.meta.main) await runCli(main);
