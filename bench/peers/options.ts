/** The command line of `deno task bench:peers`. */
import { command, type Flag, type Given } from "../../cli/flags.ts";
import { unknownName } from "../../cli/nearest.ts";
import { number, path, withDefault } from "../../cli/values.ts";
import { whole } from "../../src/base/range.ts";
import { WORKS } from "./program.ts";
import { PROGRAMS } from "./programs.ts";

/** Where a whole comparison goes. */
const CSV = "results/bench/peers.csv";
const PEERS = PROGRAMS.filter((name) => name !== "ours");
const COUNT = whole(1);

/** Some of these names, with commas between; all where the flag is not given. */
function some<Name extends string>(
  help: string,
  kind: string,
  all: readonly Name[],
  fits: (name: Name, part: string) => boolean,
): Flag<readonly Name[]> {
  const read = (text: string) => {
    const parts = text.split(",").map((part) => part.trim()).filter(Boolean);
    const unknown = parts.find((part) => !all.some((name) => fits(name, part)));
    if (unknown !== undefined) throw unknownName(kind, unknown, all);
    return parts.length > 0 ? all.filter((name) => parts.some((it) => fits(name, it))) : undefined;
  };
  return { takes: "A,B", help, expected: "names, with commas between", default: all, read };
}

/** The command. */
export const BENCH_PEERS = command({
  name: "bench:peers",
  about:
    "Times the same work in this program and in others, after checking that all compute the same.",
  forms: [
    ["", `all works, all programs; writes ${CSV}`],
    ["--works conv2d,resnet --peers tfjs-webgpu", "some works, one other program"],
  ],
  flags: {
    works: some(
      "only works whose name contains one of these",
      "work",
      WORKS,
      (work, part) => work.toLowerCase().includes(part.toLowerCase()),
    ),
    peers: some(
      `only these beside ours: ${PEERS.join(", ")}`,
      "program",
      PEERS,
      (peer, part) => peer === part,
    ),
    rounds: withDefault(number(COUNT, "samples of each program, taken in turn"), 3),
    timeout: withDefault(
      number(COUNT, "seconds a sample may take, and a fifth of what readying may take", "S"),
      300,
    ),
    batch: withDefault(number(COUNT, "images in a batch, to try something"), 32),
    csv: path(
      "FILE",
      "where the rows go; needed when works, programs or the batch are not all there",
    ),
  },
  end:
    "A sample is half a second or more of runs, or one run. Ratios are speeds: 0.5 is half as fast as ours. " +
    '"first" is the first training step of a process, with everything to compile. Other programs on the machine make ' +
    "all of them slower.",
});

/** What is asked, and where the rows go; undefined for nowhere. A comparison that leaves something out does not take the place of a whole one. */
export function peerOptions({ flags, names }: Given<typeof BENCH_PEERS.flags>) {
  const whole = ["works", "peers", "batch"].every((name) => !names.has(name));
  return { ...flags, csv: flags.csv ?? (whole ? CSV : undefined) };
}
