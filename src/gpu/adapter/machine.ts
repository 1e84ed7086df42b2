/** What a machine without a good adapter has instead, and the command that mends it. */

/** Deno, where this runs in it: a page in a browser sees nothing of its machine. */
const deno: typeof globalThis.Deno | undefined = globalThis.Deno;

/** What Node and Bun tell of theirs. */
const node = deno ? undefined : (globalThis as { process?: NodeProcess }).process;

interface NodeProcess {
  platform?: string;
  env?: Record<string, string | undefined>;
  getBuiltinModule?(name: string): {
    readFileSync(path: string, encoding: "utf8"): string;
    statSync(path: string): unknown;
  };
}

/** What can be seen of a machine: its system, its distribution, its files and graphics devices. */
export interface Machine {
  /** As `Deno.build.os` has it; "" in a browser. */
  os: string;
  /** Whether WebGPU is npm's `webgpu` here (Dawn), as in Node and Bun. */
  dawn: boolean;
  /** The text of os-release(5); "" where there is none. */
  release: string;
  /** Whether a file is there. */
  has(path: string): boolean;
  /** Graphics devices: paths in /dev. Without all permissions nothing in /dev can be seen, and files tell instead. */
  devices: readonly string[];
  /** Devices that this user may not open. */
  closed: readonly string[];
  /** Variables that hide Vulkan or its drivers, and are set. */
  hiding: readonly string[];
}

/** This machine, as far as the permissions go; nobody is asked for more of them. */
export function machineHere(seen: Partial<Machine> = {}): Machine {
  const read = <T>(path: string, act: (path: string) => T) =>
    allowed({ name: "read", path }, () => act(path));
  const files = node?.getBuiltinModule?.("fs");
  const text = (path: string) => deno?.readTextFileSync(path) ?? files?.readFileSync(path, "utf8");
  return {
    os: deno?.build.os ?? node?.platform?.replace("win32", "windows") ?? "",
    dawn: node !== undefined,
    release: read("/etc/os-release", text) ?? "",
    has: (path) => read(path, (path) => (deno ?? files)?.statSync(path)) !== undefined,
    devices: [],
    closed: [],
    hiding: ["DENO_WEBGPU_BACKEND", "VK_DRIVER_FILES", "VK_ICD_FILENAMES"].filter((variable) =>
      allowed({ name: "env", variable }, () => deno?.env.get(variable) ?? node?.env?.[variable])
    ),
    ...seen,
  };
}

/** What `act` gives; undefined where it fails or its permission was not granted before. */
function allowed<T>(
  permission: { name: "read"; path: string } | { name: "env"; variable: string },
  act: () => T,
): T | undefined {
  try {
    return !deno || deno.permissions.querySync(permission).state === "granted" ? act() : undefined;
  } catch {
    return undefined;
  }
}

const DRIVERS = "mesa-vulkan-drivers";

/** By the ID and ID_LIKE of os-release(5): what installs a Vulkan driver for GPUs, and the software adapter with it. */
const INSTALL: [RegExp, string][] = [
  [/\b(debian|ubuntu)\b/, `sudo apt-get update && sudo apt-get install -y ${DRIVERS}`],
  [/\b(fedora|rhel)\b/, `sudo dnf install -y ${DRIVERS}`],
  [/\barch\b/, "sudo pacman -S --needed vulkan-swrast"],
  [/\balpine\b/, "apk add mesa-vulkan-swrast"],
  [/suse/, "sudo zypper install libvulkan_lvp"],
];

/** What to do for a Vulkan driver on a Linux: a command, where the distribution is known. */
export function installDriver(release: string): string {
  const ids = [...release.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].map((m) => m[1]).join(" ");
  if (/\bnixos\b/.test(ids)) return "set in configuration.nix: hardware.graphics.enable = true;";
  const known = INSTALL.find(([distribution]) => distribution.test(ids));
  if (known) return `run: ${known[1]}`;
  return `install a Vulkan driver for your GPU, or Mesa's software adapter: ${DRIVERS} (Debian, Ubuntu, Fedora), ` +
    "vulkan-swrast (Arch)";
}
