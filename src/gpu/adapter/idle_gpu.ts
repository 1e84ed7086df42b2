/** A GPU that is there, while WebGPU does not get at it: what it is, and what mends that. */
import { installDriver, type Machine } from "./machine.ts";

const LIBRARIES = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib64-nvidia",
  "/usr/lib",
];
const DRIVER_FILES = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
const NVIDIA_FILES = DRIVER_FILES.flatMap((folder) =>
  ["nvidia_icd.json", "nvidia_icd.x86_64.json", "nvidia_icd.aarch64.json"].map((name) =>
    `${folder}/${name}`
  )
);
const CONTAINER = ["/.dockerenv", "/run/.containerenv"];

/** The device node, and files that only a system with such a GPU has. */
const SIGNS = {
  nvidia: [
    "/dev/nvidia0",
    "/usr/bin/nvidia-smi",
    ...LIBRARIES.map((folder) => `${folder}/libcuda.so.1`),
  ],
  wsl: ["/dev/dxg", "/usr/lib/wsl/lib/libdxcore.so"],
  // udev's record of the same device: 226 is the kernel's number for graphics, 128 the first to compute on.
  dri: ["/dev/dri/renderD128", "/run/udev/data/c226:128"],
};

/**
 * One sentence on a GPU of a Linux machine on which WebGPU gives none: which it is, and what mends it. Undefined
 * where no GPU is seen.
 */
export function idleGpu(machine: Machine): string | undefined {
  if (machine.os !== "linux") return undefined;
  const { has, devices } = machine;
  const sign = (kind: keyof typeof SIGNS) =>
    SIGNS[kind].find((path) => devices.includes(path) || has(path));
  // WSL2 has NVIDIA's libraries, too, and no Vulkan driver for them.
  const wsl = sign("wsl");
  if (wsl) {
    return `WSL2 lends the GPU (${wsl}) to Direct3D 12 only, and WebGPU hides Mesa's Vulkan driver over that (dzn, ` +
      "not conformant): run centerlab in Windows itself";
  }
  const nvidia = sign("nvidia");
  if (nvidia) return `an NVIDIA GPU is there (${nvidia}), but ${nvidiaRemedy(machine)}`;
  const dri = sign("dri");
  if (dri) return `a GPU is there (${dri}), but ${driRemedy(machine, dri)}`;
}

function nvidiaRemedy({ has }: Machine): string {
  const inLibraries = (name: string) => LIBRARIES.some((folder) => has(`${folder}/${name}`));
  const file = NVIDIA_FILES.find(has);
  if (!inLibraries("libGLX_nvidia.so.0")) {
    return CONTAINER.some(has)
      ? "the container lacks its graphics library: start it with --gpus all -e NVIDIA_DRIVER_CAPABILITIES=" +
        "graphics,compute,utility"
      : "its graphics library (libGLX_nvidia.so.0) is missing: install libvulkan1 and libnvidia-gl-N (Ubuntu, Colab; N " +
        "is the driver version that nvidia-smi shows) or nvidia-vulkan-icd (Debian)";
  }
  if (!inLibraries("libvulkan.so.1")) {
    return "the Vulkan loader is missing: install libvulkan1, libxext6 and libegl1 (Debian, Ubuntu) or vulkan-loader (Fedora)";
  }
  if (!file) {
    return `its Vulkan driver file is missing: set VK_DRIVER_FILES to an nvidia_icd.json (docs/adapters.md has its ` +
      "three lines)";
  }
  return `its Vulkan driver does not start: install libxext6 and libegl1, which it needs; else vulkaninfo (vulkan-tools) ` +
    `with VK_DRIVER_FILES=${file} says why`;
}

function driRemedy({ has, closed, release }: Machine, device: string): string {
  if (closed.includes(device)) {
    return "this user may not open it: sudo usermod -aG render,video $USER, then log in again";
  }
  const drivers = ["intel_icd", "radeon_icd", "nouveau_icd"].some((driver) =>
    DRIVER_FILES.some((folder) =>
      [`${driver}.x86_64.json`, `${driver}.json`].some((file) => has(`${folder}/${file}`))
    )
  );
  return drivers
    ? "no Vulkan driver that WebGPU takes answers for it: it may be too old for a conformant one, or the driver is " +
      "outdated"
    : `no Vulkan driver for it is installed: ${installDriver(release)}`;
}
