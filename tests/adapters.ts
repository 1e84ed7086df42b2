// deno-lint-ignore-file no-console
/**
 * `deno task test:adapters`: the tests that need a GPU, on every adapter that this machine can offer without one, and on
 * a device that has WebGPU's default limits only. All of them, however long that takes; with `--gate` the part that
 * every change must pass: gradient checks, parity, NaN and ranges, and the demo (`tests/on_every_adapter.ts`).
 *
 * An adapter that is not installed is left out and named. With `--all` that is a failure, so that a machine which has
 * installed them cannot lose one unseen.
 */
import { command, flag } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { text, withDefault } from "../cli/values.ts";
import { UsageError } from "../src/base/errors.ts";
import { SWIFTSHADER } from "./drivers.ts";
import { firstFile } from "./first_file.ts";
import { steadily } from "./processes.ts";

interface Target {
  name: string;
  /** The part of a description by which an adapter is known for the one that is meant. */
  description: RegExp;
  env: Record<string, string>;
  /** The Debian package that brings the driver. */
  from: string;
}

const VULKAN = { DENO_WEBGPU_BACKEND: "vulkan" };

/** Where Mesa's and Chromium's packages put the files that name their drivers. */
const LAVAPIPE = [
  "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json",
  "/usr/share/vulkan/icd.d/lvp_icd.json",
];

/** The first that is there; if none is, the first, which then gives no adapter. */
const found = (paths: string[]) => firstFile(paths) ?? paths[0];

function lavapipe(name: string, device?: string): Target {
  return {
    name,
    description: /llvmpipe/i,
    env: {
      ...VULKAN,
      VK_DRIVER_FILES: found(LAVAPIPE),
      ...(device ? { CENTERLAB_TEST_DEVICE: device } : {}),
    },
    from: "mesa-vulkan-drivers",
  };
}

const TARGETS: Target[] = [
  lavapipe("Vulkan, llvmpipe"),
  {
    name: "OpenGL, llvmpipe",
    description: /llvmpipe/i,
    env: { DENO_WEBGPU_BACKEND: "gl" },
    from: "libegl1 libgl1-mesa-dri libgles2",
  },
  {
    name: "Vulkan, SwiftShader",
    description: /swiftshader/i,
    env: { ...VULKAN, VK_DRIVER_FILES: found(SWIFTSHADER) },
    from: "chromium",
  },
  lavapipe("default limits", "default-limits"),
  lavapipe("default limits, tiles of a large GPU", "default-limits/gpu"),
  lavapipe("default limits, tiles of a modest GPU", "default-limits/modest-gpu"),
];

/** What runs on each adapter, a process a file. */
const ALL = ["gpu_test.ts", "demo.ts"], GATE = ["on_every_adapter.ts"];

const PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-env=CENTERLAB_DATA,CENTERLAB_TEST_DEVICE",
  "--allow-net=127.0.0.1",
];

/** Runs Deno with an adapter's environment. */
function deno(args: string[], env: Record<string, string>, stdout: "inherit" | "piped") {
  return new Deno.Command("deno", { args, env, stdout, stderr: stdout }).output();
}

/** Runs a file of tests under an adapter's environment. */
async function codeOf(file: string, env: Record<string, string>): Promise<number> {
  const args = ["test", ...PERMISSIONS, `tests/${file}`];
  return (await steadily(() => deno(args, env, "inherit"))).code;
}

/** What WebGPU calls the adapter that it finds under this environment. */
async function adapterUnder(env: Record<string, string>): Promise<string> {
  const probe = "const a = await navigator.gpu.requestAdapter();" +
    "console.log(a ? `adapter: ${a.info.description || a.info.device}` : 'none'); Deno.exit(0)";
  const { stdout } = await deno(["eval", "--no-config", "--no-lock", probe], env, "piped");
  return /adapter: (.*)/.exec(new TextDecoder().decode(stdout))?.[1] ?? "";
}

const NAMES = TARGETS.map(({ name }) => name).join("; ");

const ADAPTERS = command({
  name: "test:adapters",
  about: "Runs the tests that need a GPU on every adapter that this machine offers without one.",
  forms: [["", "all of them"]],
  flags: {
    gate: flag("only the part that every change must pass"),
    all: flag("an adapter that is not installed is a failure"),
    only: withDefault(text("TEXT", `adapters whose name holds it: ${NAMES}`), "", "all"),
    but: text("TEXT", "not those"),
  },
});

/** Runs the command. */
export const main = mainOf(ADAPTERS, async ({ flags }) => {
  const chosen = TARGETS.filter(({ name }) =>
    name.includes(flags.only) && !(flags.but && name.includes(flags.but))
  );
  if (chosen.length === 0) throw new UsageError(`No adapter is chosen; there are ${NAMES}`);
  const outcomes: string[] = [];
  let failed = 0, passed = 0;
  for (const { name, description, env, from } of chosen) {
    const from_ms = performance.now();
    const adapter = await adapterUnder(env);
    if (!description.test(adapter)) {
      outcomes.push(`left out  ${name}: not installed (apt-get install -y ${from})`);
      if (flags.all) failed++;
      continue;
    }
    console.log(`\n== ${name}: ${adapter}`);
    let code = 0;
    for (const file of flags.gate ? GATE : ALL) {
      code ||= await codeOf(file, env);
    }
    const seconds = Math.round((performance.now() - from_ms) / 1000);
    outcomes.push(`${code === 0 ? "passed" : "FAILED"}    ${name} (${seconds} s)`);
    if (code === 0) passed++;
    else failed++;
  }
  console.log(["", ...outcomes, `${passed} passed, ${failed} failed`].join("\n"));
  return failed > 0 || passed === 0 ? 1 : 0;
});

if (import.meta.main) await runCli(main);
