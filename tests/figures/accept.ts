// deno-lint-ignore-file no-console
/** `deno task figures:accept`: the pictures that tests left as changed become the accepted ones. */

const folder = new URL("pictures/", import.meta.url);
for (const { name } of Deno.readDirSync(folder)) {
  if (!name.includes("-changed.")) continue;
  const accepted = name.replace("-changed.", ".");
  Deno.renameSync(new URL(name, folder), new URL(accepted, folder));
  console.log(`accepted ${accepted}`);
}
