/** What makes an adapter slow, or is missing where there is none, and what mends it: the words of doctor and bootstrap.sh. */
import type { AdapterFacts } from "./facts.ts";
import { idleGpu } from "./idle_gpu.ts";
import { installDriver, type Machine, machineHere } from "./machine.ts";

/** Lanes of llvmpipe's vectors of 256 bits, its choice on processors with vectors of 512 bits, too. */
const LANES_OF_AVX2 = 8;

/** Why this adapter computes slowly and what mends it, one sentence each, the worst first; empty for a GPU in order. */
export function slowPaths(
  { backend, software, subgroupSize }: Pick<AdapterFacts, "backend" | "software" | "subgroupSize">,
  machine: Machine = machineHere(),
): string[] {
  const slow: string[] = [];
  if (backend === "opengl") {
    slow.push(
      "OpenGL answers, not Vulkan: kernels are several times slower, without subgroups, and some compile for a " +
        `minute; ${vulkanRemedy(machine)}`,
    );
  } else if (software) {
    slow.push(`a software adapter computes on the CPU; ${hardwareRemedy(machine)}`);
  }
  if (backend === "vulkan" && software && subgroupSize === 0) {
    slow.push(
      "this software adapter gives no subgroups of one size, which its kernels share loads by; Mesa 22 and newer does",
    );
  }
  if (backend === "vulkan" && software && subgroupSize === LANES_OF_AVX2) {
    slow.push(
      "it computes eight lanes at a time: where `grep avx512f /proc/cpuinfo` finds something, a training step may be a " +
        "fifth faster with sixteen, by LP_NATIVE_VECTOR_WIDTH=512 in front of the command",
    );
  }
  if (backend === "d3d12" && !software) {
    slow.push(
      "Direct3D 12 answers, not Vulkan: large kernels compile slowly, without subgroups; " +
        "update the graphics driver to one with Vulkan",
    );
  }
  return slow;
}

/** One line: no WebGPU at all, and where there is one. */
export function noWebGpuMessage(): string {
  return "This runtime has no WebGPU (navigator.gpu is missing): in Node and Bun, `npm install webgpu`, which npm's " +
    "centerlab finds, and any other gets by openGpu({ gpu: create([]) }); in a browser, use a current one, on a page of " +
    "https or of localhost";
}

/** One line: no adapter, and the fix for this system. */
export function noAdapterMessage(machine: Machine = machineHere()): string {
  return `WebGPU finds no adapter on this system: ${
    machine.os === "darwin"
      ? "it needs Metal, so macOS 11 or newer on hardware that supports it (not every virtual machine does)"
      : vulkanRemedy(machine)
  }`;
}

/** One line: no adapter that computes on the CPU, and the fix for this system. */
export function noSoftwareMessage(machine: Machine = machineHere()): string {
  const { hiding, os } = machine;
  return `WebGPU finds no software adapter on this system (--adapter software): ${
    hiding.length > 0
      ? unset(hiding)
      : os === "linux"
      ? mesaRemedy(machine)
      : os === ""
      ? "this runtime offers none"
      : os === "darwin"
      ? "macOS has none"
      : "Windows brings one with Direct3D 12 (WARP); update Windows"
  }`;
}

/** The driver file of Mesa's software adapter. */
const MESA = ["x86_64.json", "aarch64.json", "json"].map((end) =>
  `/usr/share/vulkan/icd.d/lvp_icd.${end}`
);

const unset = (variables: readonly string[]) =>
  `${variables.join(" and ")} may hide the drivers: unset ${variables.length > 1 ? "them" : "it"}`;

/** What makes a Vulkan adapter answer. */
function vulkanRemedy(machine: Machine): string {
  const { hiding, os } = machine;
  if (hiding.length > 0) return unset(hiding);
  if (os === "") {
    return "update the graphics driver, or turn on hardware acceleration in the browser's settings";
  }
  if (os !== "linux") return "update the graphics driver to one with Vulkan or Direct3D 12";
  return idleGpu(machine) ?? mesaRemedy(machine);
}

/** What makes Mesa's software adapter answer. */
function mesaRemedy({ dawn, release, has }: Machine): string {
  const installed = MESA.find(has);
  if (!installed) return installDriver(release);
  return `Mesa's driver is installed (${installed}), but ${
    dawn
      ? "npm's webgpu refuses it, as it does that of Mesa 22: install a newer one, or take Chromium's, by " +
        "VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json in front of the command"
      : "does not answer: VK_DRIVER_FILES, VK_ICD_FILENAMES or " +
        "DENO_WEBGPU_BACKEND may hide it, and else vulkaninfo (vulkan-tools) says why"
  }`;
}

/** What makes a GPU answer. */
function hardwareRemedy(machine: Machine): string {
  const { hiding, os } = machine;
  const idle = idleGpu(machine);
  if (idle && hiding.length > 0) return unset(hiding);
  if (idle) return idle;
  return os === "linux"
    ? "no GPU is seen here; one with a Vulkan driver is many times faster"
    : "a GPU with its maker's driver is many times faster";
}
