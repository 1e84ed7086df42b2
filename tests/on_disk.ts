import { granted } from "./permissions.ts";

/**
 * A test with a directory of its own, which is removed after it. Left out where files may not be
 * written, or a permission in `more` is missing.
 */
export function diskTest(
  name: string,
  act: (directory: string, t: Deno.TestContext) => Promise<void>,
  ...more: Deno.PermissionDescriptor[]
): void {
  Deno.test(name, async (t) => {
    if (!(await granted("read", "write", ...more))) return;
    const directory = await Deno.makeTempDir();
    try {
      await act(directory, t);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}
