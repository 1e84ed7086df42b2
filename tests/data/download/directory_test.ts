import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { DATA_VARIABLE, dataDirectory } from "../../../data/download/directory.ts";
import { granted } from "../../permissions.ts";

const withoutEnv = { permissions: { env: false } } as const;

Deno.test("dataDirectory() prefers the flag", () => {
  assertEquals(dataDirectory("mine"), { path: "mine", origin: "--data-dir" });
});

Deno.test(
  "dataDirectory() without permission for the environment uses the project's cache",
  withoutEnv,
  () => {
    const root = dirname(dirname(dirname(import.meta.dirname!)));
    assertEquals(dataDirectory(), {
      path: join(root, ".cache", "data"),
      origin: "the project's cache",
    });
  },
);

Deno.test("dataDirectory() of modules from the web uses the current folder", withoutEnv, () => {
  assertEquals(dataDirectory(undefined, ""), {
    path: join(".cache", "data"),
    origin: "the current folder's cache",
  });
});

Deno.test(
  "dataDirectory() of a package uses the current folder, and not the package's",
  withoutEnv,
  () => {
    const esm = "/home/me/app/node_modules/@centerlab/centerlab/esm";
    assertEquals(dataDirectory(undefined, esm).path, join(".cache", "data"));
  },
);

Deno.test("dataDirectory() takes CENTERLAB_DATA where it may be read", async () => {
  if (!(await granted({ name: "env", variable: DATA_VARIABLE }))) return;
  const before = Deno.env.get(DATA_VARIABLE);
  try {
    Deno.env.set(DATA_VARIABLE, "from-env");
    assertEquals(dataDirectory(), { path: "from-env", origin: "CENTERLAB_DATA" });
    assertEquals(dataDirectory("flag").path, "flag");
    Deno.env.set(DATA_VARIABLE, "");
    assertEquals(dataDirectory().origin, "the project's cache");
  } finally {
    if (before === undefined) Deno.env.delete(DATA_VARIABLE);
    else Deno.env.set(DATA_VARIABLE, before);
  }
});
