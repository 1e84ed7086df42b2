/** What becomes of what a killed build left. */
import { assertRejects } from "@std/assert";
import { join } from "node:path";
import { build } from "../../package/build.ts";

/** Stops a build where it first starts a program, adds what a later kill leaves, and builds again into the same folder. */
export async function buildAfterKill(folder: string): Promise<void> {
  const { Command } = Deno;
  Deno.Command = class {
    constructor() {
      throw new Error("killed");
    }
  } as unknown as typeof Command;
  try {
    await assertRejects(() => build(folder), Error, "killed");
    await Deno.mkdir(join(folder, "npm", "esm"), { recursive: true });
    await Deno.writeTextFile(join(folder, "npm", "esm", "mod.js"), "");
    await assertRejects(() => build(folder), Error, "killed");
  } finally {
    Deno.Command = Command;
  }
}
