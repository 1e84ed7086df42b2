/** The report as text. */
import { CATALOG } from "../../data/sets/catalog.ts";
import { wrapped } from "../../src/base/format.ts";
import { BACKEND_NAMES } from "../../src/gpu/adapter/backend.ts";
import { type Tile, TILED } from "../../src/gpu/tiles/tiles.ts";
import type { ChoiceState, DataSetState, Report } from "./report.ts";

const WIDTH = 100;
const INDENT = 12;

/** Limits that decide what fits on the adapter. */
const BYTES = ["maxBufferSize", "maxStorageBufferBindingSize", "maxComputeWorkgroupStorageSize"];
const COUNTS = [
  "maxStorageBuffersPerShaderStage",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupsPerDimension",
  "minStorageBufferOffsetAlignment",
];

/** Formats a report for reading, a finding a line. */
export function reportText(report: Report): string {
  const { adapter, slow, choices, tiles, data, checks } = report;
  const kind = adapter.software
    ? "a software adapter: it computes on the CPU, with the tiles for one"
    : "a GPU";
  const known = (limit: string) => limit in adapter.limits;
  const failed = checks.filter((c) => !c.passed).length;
  const sections: [string, string[]][] = [
    ["system", [`${report.system}, Deno ${report.deno}`]],
    ["adapter", [
      `${adapter.description || "without a name"}, vendor ${vendor(adapter.vendor)}`,
      `through ${BACKEND_NAMES[adapter.backend]}`,
      kind,
    ]],
    ["slow path", slow.flatMap((sentence) => wrapped(sentence, WIDTH - INDENT))],
    [
      "--adapter",
      Object.entries(choices).map(([choice, state]) => `${choice}: ${choiceText(state)}`),
    ],
    ["subgroups", [
      adapter.subgroupSize ? `${adapter.subgroupSize} lanes` : "not of one size: unused",
    ]],
    ["features", wrapped(adapter.features.join(" "), WIDTH - INDENT)],
    ["limits", [
      ...BYTES.filter(known).map((name) => `${name} ${bytes(adapter.limits[name])}`),
      ...COUNTS.filter(known).map((name) => `${name} ${adapter.limits[name]}`),
    ]],
    ["tiles", TILED.map((kernel) => `${kernel}: ${tileText(tiles[kernel])}`)],
    ["operands", [`read from ${tiles.operands === "texture" ? "textures" : "storage buffers"}`]],
    ["data", [
      `${data.path} (${data.origin})`,
      ...Object.entries(data.sets).map(([name, state]) => `${name}: ${stateText(name, state)}`),
    ]],
    ["kernels", checks.map((c) => c.passed ? `ok    ${c.name}` : `FAIL  ${c.name}: ${c.problem}`)],
  ];
  const lines = sections.flatMap(([title, rows]) =>
    rows.map((row, i) => `${(i === 0 ? title : "").padEnd(INDENT)}${row}`)
  );
  const verdict = failed === 0
    ? slow.length === 0 ? "All is well." : "All answers are right, on a slow adapter."
    : `${failed} of ${checks.length} kernels give wrong answers on this adapter: its driver cannot be trusted, ` +
      "update it or use the software adapter";
  return [...lines, "", verdict].join("\n");
}

/** PCI and Khronos vendor numbers are known by their hexadecimal form. */
function vendor(id: string): string {
  return /^\d+$/.test(id) ? `0x${Number(id).toString(16)}` : id || "unknown";
}

/** A power of 1024 where the number is one, else the number. */
export function bytes(count: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return `${Number.isInteger(count) ? count : count.toFixed(1)} ${units[unit]}`;
}

function choiceText(state: ChoiceState): string {
  if ("problem" in state) return state.problem;
  const { description, backend, software } = state;
  return `${description || "without a name"}, ${BACKEND_NAMES[backend]}${
    software ? ", on the CPU" : ""
  }`;
}

function tileText({ rows, cols, lanes, parallel, share }: Tile): string {
  const shared = {
    nothing: "",
    subgroup: ", loads shared by the subgroup",
    workgroup: ", workgroup memory",
  };
  return `${rows} rows x ${4 * cols} columns a lane, ${lanes} lanes, ` +
    `${parallel} workgroups wanted${shared[share]}`;
}

function stateText(name: string, { missing, problem }: DataSetState): string {
  if (problem) return problem;
  if (missing.length === 0) return "ready";
  const what = missing.length > 2 ? `${missing.length} files` : missing.join(", ");
  const advice = CATALOG[name as keyof typeof CATALOG]?.files?.advice;
  return `missing ${what} (get it: ${advice ?? `deno task data ${name}`})`;
}
