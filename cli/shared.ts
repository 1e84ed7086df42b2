/** Flags of several commands. */
import { ADAPTER_CHOICES } from "../src/gpu/adapter/adapter.ts";
import { oneOf, path } from "./values.ts";

/** Which adapter computes. */
export const ADAPTER = oneOf(
  "CHOICE",
  ADAPTER_CHOICES,
  `which computes: ${ADAPTER_CHOICES.join(", ")}; default: the first`,
);

/** Where data sets are kept. */
export const DATA_DIR = path(
  "DIR",
  "where data sets are kept, each in a folder of its name; default: CENTERLAB_DATA, the environment variable, " +
    "or .cache/data in the project",
);

/** Tiles in place of the adapter's own. */
export const TILES = path(
  "FILE",
  "tiles of another run (its config.json), or of deno task tune --write FILE",
);
