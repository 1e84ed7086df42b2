import { granted } from "./permissions.ts";

type Act = (directory: string, t: Deno.TestContext) => Promise<void>;

/**
 * A test with a directory of its own, which is removed after it. Left out where files may not be
 * written, or a permission in `more` is missing.
 */
export function diskTest(name: string, act: Act, ...more: Deno.PermissionDescriptor[]): void {
  register(name, act, more, false);
}

/**
 * The same for what Windows lacks or keeps from most users: links, devices, scripts for a shell.
 * There it is reported as ignored.
 */
export function unixDiskTest(name: string, act: Act, ...more: Deno.PermissionDescriptor[]): void {
  register(name, act, more, Deno.build.os === "windows");
}

function register(name: string, act: Act, more: Deno.PermissionDescriptor[], ignore: boolean) {
  Deno.test({ name, ignore }, async (t) => {
    if (!(await granted("read", "write", ...more))) return;
    const directory = await Deno.makeTempDir();
    try {
      await act(directory, t);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}
