/** Tiles that somebody wrote, checked. */
import { fields, oneOf, truth, whole } from "../../base/json.ts";
import { type Tile, TILED, type Tiles } from "./tiles.ts";

/** The largest value of each number of a tile; the smallest is 1. */
const MOST = { rows: 64, cols: 64, lanes: 1024, parallel: 1 << 20 };
/** Groups of four sums a thread may keep: more would compile for minutes. */
const MOST_SUMS = 128;
/** The values of numbers that only tiles with workgroup memory have. */
const OF_WORKGROUPS: Record<string, readonly number[]> = {
  lanesX: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  depth: [4, 8, 16, 32],
};
/** The threads of such a workgroup: the kernels place 32 neighbours together. */
const LANES_OF_WORKGROUPS = [32, 64, 128, 256, 512, 1024];
const SHARES: readonly Tile["share"][] = ["nothing", "subgroup", "workgroup"];
const OPERANDS: readonly Tiles["operands"][] = ["storage", "texture"];

/**
 * A tile.
 *
 * @param name What the message calls it.
 * @throws {TypeError} When it is none: what is wrong, and what it must be.
 */
export function parseTile(json: unknown, name: string): Tile {
  const given = fields(json, name, [...Object.keys(MOST), "share"], [
    ...Object.keys(OF_WORKGROUPS),
    "winograd",
  ]);
  for (const [field, most] of Object.entries(MOST)) {
    whole(1, most)(given[field], `${name}.${field}`);
  }
  const sums = Number(given.rows) * Number(given.cols);
  if (sums > MOST_SUMS) {
    throw new TypeError(
      `${name} has ${given.rows} rows x ${given.cols} cols; it may have ${MOST_SUMS} at most`,
    );
  }
  oneOf(...SHARES)(given.share, `${name}.share`);
  for (const [field, values] of Object.entries(OF_WORKGROUPS)) {
    if (given[field] === undefined) continue;
    if (given.share !== "workgroup") {
      throw new TypeError(`${name} has ${field}, which goes with share "workgroup" alone`);
    }
    oneOf(...values)(given[field] as number, `${name}.${field}`);
  }
  if (given.share === "workgroup") checkLanes(given, name);
  if (given.winograd !== undefined && truth(given.winograd, `${name}.winograd`)) {
    if (given.share !== "subgroup") {
      throw new TypeError(`${name} has winograd, which goes with share "subgroup" alone`);
    }
  }
  return { ...given } as unknown as Tile;
}

/** Refuses threads that cannot be cut into columns and rows of a workgroup, which are halved to fit a shape. */
function checkLanes({ lanes, lanesX }: Record<string, unknown>, name: string): void {
  oneOf(...LANES_OF_WORKGROUPS)(lanes as number, `${name}.lanes`);
  if (lanesX === undefined || Number(lanesX) <= Number(lanes)) return;
  throw new TypeError(`${name}.lanesX is ${lanesX}; of ${lanes} lanes it may be ${lanes} at most`);
}

/**
 * A tile for each kernel, and where operands are; tuned tiles are left as they are.
 *
 * @throws {TypeError} When they are none: which field is wrong, and what it must be.
 */
export function parseTable(json: unknown): Tiles {
  const { tuned, ...given } = fields(json, "it", ["operands", ...TILED], ["tuned"]);
  const tiles = { operands: oneOf(...OPERANDS)(given.operands, "operands") } as Tiles;
  for (const kernel of TILED) tiles[kernel] = parseTile(given[kernel], kernel);
  return tuned === undefined ? tiles : { ...tiles, tuned: tuned as Tiles["tuned"] };
}
