/**
 * `deno task test:bootstrap`: bootstrap.sh on made-up machines. apt-get, sudo, id and dpkg-query are scripts that only note
 * their calls, so that nothing is installed; `deno task` is one that prints what would run. It starts processes, so it
 * stands beside the tests.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";

const PROJECT = join(import.meta.dirname!, "..");
const DEBIAN = 'ID=debian\nVERSION_ID="12"\n';
const INSTALLED =
  "bootstrap: WebGPU finds no Vulkan adapter: installing mesa-vulkan-drivers (apt-get)\n";
const OPENGL = "software OpenGL answers, not Vulkan; run: the command";

/** A machine on which the script runs. */
interface Made {
  /**
   * What WebGPU answers (`experiments/doctor/setup.ts`) through Vulkan, Metal and Direct3D 12, then through all backends; by
   * turns, the last again and again. Without it the Deno of this machine answers.
   */
  direct?: string[];
  all?: string[];
  release?: string;
  root?: boolean;
  sudo?: boolean;
  installed?: boolean;
  aptFails?: boolean;
  /** Files below the root, such as `dev/nvidia0`. */
  files?: Record<string, string>;
  env?: Record<string, string>;
}

/** What a run of the script did. */
interface Ran {
  code: number;
  out: string;
  err: string;
  /** Calls of apt-get, one a line. */
  apt: string;
  /** Arguments of `experiments/doctor/setup.ts`, one call a line. */
  asked: string;
}

async function ran(made: Made): Promise<Ran> {
  const folder = await Deno.makeTempDir();
  const path = (name: string) => join(folder, name);
  const put = async (name: string, text: string) => {
    await Deno.mkdir(dirname(path(name)), { recursive: true });
    await Deno.writeTextFile(path(name), text, { mode: 0o755 });
  };
  const fake = (name: string, lines: string) => put(`bin/${name}`, `#!/bin/sh\n${lines}\n`);
  const read = (name: string) => Deno.readTextFile(path(name)).catch(() => "");
  try {
    await fake("apt-get", `echo "$*" >> ${path("apt")}; exit ${made.aptFails ? 1 : 0}`);
    await fake("sudo", made.sudo ? 'shift; exec "$@"' : "exit 1");
    await fake("id", `echo ${made.root ? 0 : 1000}`);
    await fake("dpkg-query", `printf ${made.installed ? "installed" : "not-installed"}`);
    for (const [name, answers] of Object.entries({ direct: made.direct, all: made.all })) {
      for (const [i, answer] of (answers ?? []).entries()) await put(`${name}.${i}`, `${answer}\n`);
    }
    await fake(
      "deno",
      [
        `if [ "$1" = task ]; then shift; echo "task $*"; exit; fi`,
        made.direct ?? made.all
          ? `if [ "$1" != run ]; then exec ${Deno.execPath()} "$@"; fi`
          : `exec ${Deno.execPath()} "$@"`,
        'name=all; [ "${DENO_WEBGPU_BACKEND:-}" != vulkan,metal,dx12 ] || name=direct',
        `cd ${folder}; shift 7; echo "$*" >> asked`,
        "i=$(cat count.$name 2>/dev/null || echo 0); [ -e $name.$i ] || i=$((i - 1))",
        "cat $name.$i; echo $((i + 1)) > count.$name",
      ].join("\n"),
    );
    await put("root/etc/os-release", made.release ?? DEBIAN);
    for (const [name, text] of Object.entries(made.files ?? {})) await put(`root/${name}`, text);
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: [join(PROJECT, "bootstrap.sh"), "demo", "--epochs", "1"],
      clearEnv: true,
      env: {
        PATH: `${path("bin")}:/usr/bin:/bin`,
        HOME: folder,
        XDG_RUNTIME_DIR: folder,
        BOOTSTRAP_ROOT: path("root"),
        ...made.env,
      },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return {
      ...{ code, out: text(stdout), err: text(stderr) },
      ...{ apt: await read("apt"), asked: await read("asked") },
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** That the task ran, after these lines on standard error. */
function assertWentOn({ code, out, err }: Ran, said: string) {
  assertEquals(err, said);
  assertEquals([code, out], [0, "task demo --epochs 1\n"]);
}

Deno.test("bootstrap.sh says nothing on a machine with a GPU, and installs nothing", async () => {
  const run = await ran({ direct: ["gpu "], root: true });
  assertWentOn(run, "");
  assertEquals(run.apt, "");
});

Deno.test("bootstrap.sh says nothing where a software adapter is all there is", async () => {
  assertWentOn(await ran({ direct: ["software "], root: true }), "");
});

Deno.test("bootstrap.sh installs Vulkan where only OpenGL answers, as root or by sudo", async () => {
  for (const way of [{ root: true }, { sudo: true }]) {
    const run = await ran({ direct: ["none no", "software "], all: [OPENGL], ...way });
    assertWentOn(run, INSTALLED);
    assertEquals(run.apt, "-qq install -y mesa-vulkan-drivers\n");
  }
});

Deno.test("bootstrap.sh goes on with OpenGL where it may not install, after one line", async () => {
  const run = await ran({ direct: ["none no"], all: [OPENGL] });
  assertWentOn(run, "bootstrap: OpenGL answers, not Vulkan; run: the command\n");
  assertEquals(run.apt, "");
});

Deno.test("bootstrap.sh installs nothing on other systems, nor what is there already", async () => {
  for (const way of [{ release: "ID=fedora\n" }, { release: "" }, { installed: true }]) {
    const run = await ran({ direct: ["none no"], all: [OPENGL], root: true, ...way });
    assertWentOn(run, "bootstrap: OpenGL answers, not Vulkan; run: the command\n");
    assertEquals(run.apt, "");
  }
});

Deno.test("bootstrap.sh goes on with OpenGL when apt-get fails", async () => {
  const run = await ran({ direct: ["none no"], all: [OPENGL], root: true, aptFails: true });
  assertWentOn(
    run,
    `${INSTALLED}\nbootstrap: apt-get cannot install mesa-vulkan-drivers: see above\n` +
      "bootstrap: OpenGL answers, not Vulkan; run: the command\n",
  );
});

Deno.test("bootstrap.sh stops where nothing answers, with the command", async () => {
  const run = await ran({ direct: ["none no"], all: ["none WebGPU finds no adapter: run: x"] });
  assertEquals([run.code, run.out], [1, ""]);
  assertEquals(run.err, "bootstrap: WebGPU finds no adapter: run: x\n");
});

Deno.test("bootstrap.sh leaves backends that the user named as they are", async () => {
  const env = { DENO_WEBGPU_BACKEND: "gl" };
  const run = await ran({ direct: ["none no"], all: [OPENGL], root: true, env });
  assertWentOn(run, "bootstrap: OpenGL answers, not Vulkan; run: the command\n");
  assertEquals(run.apt, "");
  const hidden = { DENO_WEBGPU_BACKEND: "vulkan", VK_DRIVER_FILES: "/nonexistent" };
  const none = await ran({ root: true, env: hidden });
  assertEquals([none.code, none.apt], [1, ""]);
  assertStringIncludes(
    none.err,
    "DENO_WEBGPU_BACKEND and VK_DRIVER_FILES may hide the drivers: unset them",
  );
});

Deno.test("bootstrap.sh tells of graphics devices, but of no virtual machine's", async () => {
  const direct = ["software an NVIDIA GPU is there"];
  const nvidia = await ran({ direct, files: { "dev/nvidia0": "", "dev/dri/renderD128": "" } });
  assertWentOn(nvidia, "bootstrap: an NVIDIA GPU is there\n");
  assertEquals(nvidia.asked, "experiments/doctor/setup.ts /dev/nvidia0 /dev/dri/renderD128\n");
  const files = {
    "dev/dxg": "",
    "dev/dri/renderD128": "",
    "sys/class/drm/renderD128/device/vendor": "0x1af4\n",
  };
  assertEquals(
    (await ran({ direct: ["software "], files })).asked,
    "experiments/doctor/setup.ts /dev/dxg\n",
  );
});

Deno.test("bootstrap.sh on this machine with Vulkan hidden goes on with OpenGL, or says what hides it", async () => {
  const env = { VK_DRIVER_FILES: "/nonexistent", VK_ICD_FILENAMES: "/nonexistent" };
  const { code, out, err } = await ran({ installed: true, root: true, env });
  const why = "VK_DRIVER_FILES and VK_ICD_FILENAMES may hide the drivers: unset them\n";
  if (code === 0) {
    assertEquals(out, "task demo --epochs 1\n");
    assert(err.startsWith("bootstrap: OpenGL answers, not Vulkan: ") && err.endsWith(why), err);
  } else {
    assertEquals(err, `bootstrap: WebGPU finds no adapter on this system: ${why}`);
  }
});

Deno.test("bootstrap.sh on this machine names a GPU that lies idle", async () => {
  const { code, err } = await ran({ installed: true, root: true, files: { "dev/dxg": "" } });
  // A machine with a GPU says nothing.
  assert(err === "" || err.includes("WSL2 lends the GPU (/dev/dxg)"), err);
  assertEquals(code, 0);
});
