/** Every parity file of `tests/fixtures/`, each a test: ops, losses, optimizers and training runs beside PyTorch. */
import { assertEquals } from "@std/assert";
import { granted } from "../permissions.ts";
import { assertParity, FIXTURES, PARITY_FILES } from "./assert_parity.ts";

for (const name of PARITY_FILES) {
  Deno.test(`${name} agrees with PyTorch`, async () => {
    if (await granted("read")) await assertParity(name);
  });
}

Deno.test("PARITY_FILES names every parity file", async () => {
  if (!await granted("read")) return;
  const files = [...Deno.readDirSync(FIXTURES)].map(({ name }) => name);
  assertEquals(files.filter((name) => name.endsWith(".json")).sort(), [...PARITY_FILES]);
});
