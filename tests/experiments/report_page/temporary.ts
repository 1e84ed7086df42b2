import { granted } from "../../permissions.ts";

/** A test with a folder of its own, which is removed after it. */
export function inTemporary(
  name: string,
  act: (root: string, t: Deno.TestContext) => Promise<void>,
): void {
  Deno.test(name, async (t) => {
    if (!await granted("read", "write")) return;
    const root = await Deno.makeTempDir();
    try {
      await act(root, t);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
}
