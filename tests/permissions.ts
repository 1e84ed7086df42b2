// deno-lint-ignore-file no-console
/**
 * Tests that need a permission say so and do nothing without it, so that plain `deno test` passes and
 * never asks.
 *
 * @module
 */

/**
 * Whether all these permissions are granted. If not, prints that the test is left out.
 *
 * ```ts ignore
 * if (!(await granted("read", "write"))) return;
 * ```
 *
 * @param wanted Names, or descriptors such as `{ name: "net", host: "127.0.0.1" }`.
 */
export async function granted(
  ...wanted: (Deno.PermissionName | Deno.PermissionDescriptor)[]
): Promise<boolean> {
  const descriptors = wanted.map((it) => typeof it === "string" ? { name: it } : it);
  const states = await Promise.all(descriptors.map((it) => Deno.permissions.query(it)));
  if (states.every(({ state }) => state === "granted")) return true;
  const flags = descriptors.map((it) =>
    "host" in it && it.host ? `--allow-net=${it.host}` : `--allow-${it.name}`
  );
  console.log(`left out: needs ${flags.join(" ")} (deno task test)`);
  return false;
}
