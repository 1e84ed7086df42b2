import { assert, assertEquals } from "@std/assert";
import type { Report } from "../../../experiments/doctor/report.ts";
import { bytes, reportText } from "../../../experiments/doctor/text.ts";
import { GPU_TILES } from "../../../src/gpu/tiles/tiles.ts";

const report: Report = {
  deno: "2.9.6",
  system: "linux x86_64",
  adapter: {
    description: "Made-up GPU",
    vendor: "4318",
    architecture: "",
    backend: "vulkan",
    software: false,
    features: Array.from({ length: 12 }, (_, i) => `feature-number-${i}`),
    subgroupSize: 32,
    limits: { maxBufferSize: 2 ** 31, maxComputeWorkgroupStorageSize: 49152 },
  },
  slow: [],
  choices: {
    "high-performance": { description: "Made-up GPU", backend: "vulkan", software: false },
    "low-power": { description: "", backend: "d3d12", software: true },
    software: { problem: "WebGPU finds no software adapter" },
  },
  tiles: GPU_TILES,
  data: {
    path: "data",
    origin: "--data-dir",
    sets: {
      digits: { missing: [] },
      mnist: { missing: ["a.gz", "b.gz"] },
      more: { missing: ["a", "b", "c"] },
      odd: { missing: [], problem: "Cannot read data/odd: it is a directory" },
    },
  },
  checks: [{ name: "philox", passed: true }],
};

Deno.test("reportText() says what there is", () => {
  const text = reportText(report);
  for (
    const line of [
      "adapter     Made-up GPU, vendor 0x10de",
      "through Vulkan",
      "--adapter   high-performance: Made-up GPU, Vulkan",
      "low-power: without a name, Direct3D 12, on the CPU",
      "software: WebGPU finds no software adapter",
      "subgroups   32 lanes",
      "maxComputeWorkgroupStorageSize 48 KiB",
      "mnist: missing a.gz, b.gz (get it: deno task data mnist)",
      "more: missing 3 files (get it: deno task data more)",
      "digits: ready",
      "odd: Cannot read data/odd: it is a directory",
      "ok    philox",
      "All is well.",
    ]
  ) assert(text.includes(line), `${line}\n\n${text}`);
  assert(!text.includes("slow path"), text);
  assert(text.split("\n").every((line) => !line.endsWith(" ")), text);
});

Deno.test("reportText() says plainly that an adapter is slow", () => {
  const text = reportText({ ...report, slow: ["OpenGL answers", `it ${"is ".repeat(40)}slow`] });
  assert(text.includes("\nslow path   OpenGL answers\n            it is is "), text);
  assert(text.endsWith("All answers are right, on a slow adapter."), text);
});

Deno.test("reportText() says that a driver cannot be trusted", () => {
  const problem = "element 1 is 5, should be 2";
  const text = reportText({ ...report, checks: [{ name: "philox", passed: false, problem }] });
  assert(text.includes(`FAIL  philox: ${problem}`), text);
  assert(text.includes("1 of 1 kernels give wrong answers"), text);
});

Deno.test("bytes() takes the largest unit that fits", () => {
  assertEquals([0, 1023, 1024, 1536, 2 ** 31, 2 ** 53].map(bytes), [
    "0 bytes",
    "1023 bytes",
    "1 KiB",
    "1.5 KiB",
    "2 GiB",
    "8192 TiB",
  ]);
});
