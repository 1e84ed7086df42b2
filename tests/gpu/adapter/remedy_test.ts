import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { idleGpu } from "../../../src/gpu/adapter/idle_gpu.ts";
import { installDriver, type Machine } from "../../../src/gpu/adapter/machine.ts";
import { noAdapterMessage, noSoftwareMessage, slowPaths } from "../../../src/gpu/adapter/remedy.ts";

/** A machine that has these files and devices. */
function machine(files: string[] = [], given: Partial<Machine> = {}): Machine {
  return {
    os: "linux",
    dawn: false,
    release: 'ID=ubuntu\nID_LIKE="debian"\n',
    has: (path) => files.includes(path),
    devices: [],
    closed: [],
    hiding: [],
    ...given,
  };
}
const APT = "run: sudo apt-get update && sudo apt-get install -y mesa-vulkan-drivers";
const LIBRARY = "/usr/lib/x86_64-linux-gnu/libGLX_nvidia.so.0";
const LOADER = "/usr/lib/x86_64-linux-gnu/libvulkan.so.1";
const NVIDIA = { devices: ["/dev/nvidia0"] };

Deno.test("installDriver() knows the distributions, by what they are like, too", () => {
  for (
    const [release, command] of [
      ["ID=debian", APT],
      ['ID=linuxmint\nID_LIKE="ubuntu debian"', APT],
      ['ID="rocky"\nID_LIKE="rhel centos fedora"', "run: sudo dnf install -y mesa-vulkan-drivers"],
      ["ID=manjaro\nID_LIKE=arch", "run: sudo pacman -S --needed vulkan-swrast"],
      ["ID=alpine", "run: apk add mesa-vulkan-swrast"],
      [
        'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"',
        "run: sudo zypper install libvulkan_lvp",
      ],
      ["ID=nixos", "set in configuration.nix: hardware.graphics.enable = true;"],
    ]
  ) assertEquals(installDriver(release), command);
  assertStringIncludes(installDriver('NAME="debian"'), "install a Vulkan driver for your GPU");
});

Deno.test("idleGpu() sees no GPU where there is none, nor off Linux", () => {
  assertEquals(idleGpu(machine()), undefined);
  assertEquals(idleGpu(machine([], { ...NVIDIA, os: "windows" })), undefined);
});

Deno.test("idleGpu() says what an NVIDIA GPU lacks", () => {
  const file = "/etc/vulkan/icd.d/nvidia_icd.json";
  for (
    const [files, words] of [
      [["/.dockerenv"], "-e NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility"],
      [[], "libvulkan1 and libnvidia-gl-N"],
      [[LIBRARY], "the Vulkan loader is missing: install libvulkan1"],
      [[LIBRARY, LOADER], "set VK_DRIVER_FILES to an nvidia_icd.json"],
      [[LIBRARY, LOADER, file], `with VK_DRIVER_FILES=${file} says why`],
    ] as const
  ) {
    const said = idleGpu(machine([...files], NVIDIA));
    assertStringIncludes(said!, "an NVIDIA GPU is there (/dev/nvidia0), but ");
    assertStringIncludes(said!, words);
  }
});

Deno.test("idleGpu() goes by files where nothing in /dev can be seen", () => {
  const of = (...files: string[]) => idleGpu(machine(files));
  assertStringIncludes(of("/usr/lib64-nvidia/libcuda.so.1")!, "an NVIDIA GPU is there");
  assertStringIncludes(of("/usr/lib/wsl/lib/libdxcore.so")!, "run centerlab in Windows itself");
  assertStringIncludes(of("/run/udev/data/c226:128")!, "a GPU is there");
});

Deno.test("idleGpu() takes WSL2 for what it is, though NVIDIA's files are there", () => {
  const said = idleGpu(machine(["/usr/bin/nvidia-smi"], { devices: ["/dev/dxg"] }));
  assertStringIncludes(said!, "WSL2 lends the GPU (/dev/dxg)");
});

Deno.test("idleGpu() tells a GPU without a driver from one that is closed or hidden", () => {
  const device = "/dev/dri/renderD128", devices = [device];
  assertStringIncludes(
    idleGpu(machine([], { devices }))!,
    `no Vulkan driver for it is installed: ${APT}`,
  );
  assertStringIncludes(idleGpu(machine([], { devices, closed: devices }))!, "usermod -aG render");
  const driver = "/usr/share/vulkan/icd.d/intel_icd.x86_64.json";
  assertStringIncludes(idleGpu(machine([driver], { devices }))!, "too old for a conformant one");
});

Deno.test("slowPaths() finds nothing to mend on a GPU by Vulkan or Metal", () => {
  for (const backend of ["vulkan", "metal", "unknown"] as const) {
    assertEquals(slowPaths({ backend, software: false, subgroupSize: 0 }, machine()), []);
  }
});

Deno.test("slowPaths() says what makes an adapter slow and what mends it", () => {
  const software = { backend: "vulkan", software: true, subgroupSize: 8 } as const;
  const opengl = { backend: "opengl", software: true, subgroupSize: 0 } as const;
  const [cpu, lanes, ...none] = slowPaths(software, machine());
  assertStringIncludes(cpu, "computes on the CPU; no GPU is seen here");
  assertStringIncludes(lanes, "LP_NATIVE_VECTOR_WIDTH=512");
  assertEquals(none, []);
  assertEquals(slowPaths({ ...software, subgroupSize: 16 }, machine()), [cpu]);
  assertStringIncludes(slowPaths(software, machine([], NVIDIA))[0], "an NVIDIA GPU is there");
  assertStringIncludes(slowPaths({ ...software, subgroupSize: 0 }, machine())[1], "no subgroups");
  const [slow, ...more] = slowPaths(opengl, machine());
  assertStringIncludes(slow, "OpenGL answers, not Vulkan: ");
  assert(slow.endsWith(`; ${APT}`), slow);
  assertEquals(more, []);
  const direct3d = { backend: "d3d12", software: false, subgroupSize: 0 } as const;
  assertStringIncludes(slowPaths(direct3d, machine([], { os: "windows" }))[0], "one with Vulkan");
});

Deno.test("slowPaths() and noAdapterMessage() name the variable that hides the drivers first", () => {
  const hidden = machine([], { ...NVIDIA, hiding: ["VK_DRIVER_FILES"] });
  const words = "VK_DRIVER_FILES may hide the drivers: unset it";
  for (const backend of ["vulkan", "opengl"] as const) {
    const [slow] = slowPaths({ backend, software: true, subgroupSize: 8 }, hidden);
    assert(slow.endsWith(words), slow);
  }
  assertEquals(noAdapterMessage(hidden), `WebGPU finds no adapter on this system: ${words}`);
});

Deno.test("noAdapterMessage() names the fix for each system", () => {
  assertEquals(noAdapterMessage(machine()), `WebGPU finds no adapter on this system: ${APT}`);
  assertStringIncludes(noAdapterMessage(machine([], NVIDIA)), "an NVIDIA GPU is there");
  assertStringIncludes(noAdapterMessage(machine([], { os: "darwin" })), "Metal");
  assertStringIncludes(noAdapterMessage(machine([], { os: "windows" })), "Direct3D 12");
  const page = noAdapterMessage(machine([], { os: "" }));
  assertStringIncludes(page, "turn on hardware acceleration in the browser's settings");
  const driver = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";
  assertStringIncludes(
    noAdapterMessage(machine([driver])),
    `is installed (${driver}), but does not answer`,
  );
  assertStringIncludes(
    noAdapterMessage(machine([driver], { dawn: true })),
    `is installed (${driver}), but npm's webgpu refuses it`,
  );
});

Deno.test("noSoftwareMessage() names the fix for each system, and the variable that hides it", () => {
  assert(noSoftwareMessage(machine()).endsWith(`(--adapter software): ${APT}`));
  const hidden = machine([], { hiding: ["VK_DRIVER_FILES"] });
  assertStringIncludes(noSoftwareMessage(hidden), "VK_DRIVER_FILES may hide the drivers");
  assertStringIncludes(noSoftwareMessage(machine([], { os: "darwin" })), "macOS has none");
  assertStringIncludes(noSoftwareMessage(machine([], { os: "windows" })), "WARP");
});
