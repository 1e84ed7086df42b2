// deno-lint-ignore-file no-console
/** The line of a run on a terminal. */
import { assert, assertEquals } from "@std/assert";
import { type BarState, barText, fitted } from "../../../experiments/runner/live/bar_text.ts";
import { LiveLine } from "../../../experiments/runner/live/live_line.ts";
import { overwrite } from "../../../experiments/runner/live/messages.ts";
import { granted } from "../../permissions.ts";

const STATE: BarState = {
  ...{ prefix: "", epoch: 2, epochs: 100, done: 10, steps: 40, batchSize: 128, perStep: 0.5 },
  ...{ left: 3700, after: 86400, loss: 1.23456, accuracy: 0.5 },
};

Deno.test("barText() goes on between two reads, and changes with every tick", () => {
  const short = { ...STATE, after: undefined };
  assertEquals(
    barText(short, 0, 0, 100),
    "⠋ epoch 2/100 █████░░░░░░░░░░░░░░░ 10/40  1 h 1 min left  accuracy 50.00 %  loss 1.235  256 images/s",
  );
  assertEquals(
    barText(short, 5.25, 1, 100),
    "⠙ epoch 2/100 ██████████▎░░░░░░░░░ 10/40  1 h 1 min left  accuracy 50.00 %  loss 1.235  256 images/s",
  );
  // The end is the end, and nobody waits longer than that.
  assert(barText({ ...short, left: 3 }, 60, 2, 100).includes(`${"█".repeat(20)} 10/40  0 s left`));
  assertEquals(
    barText(
      {
        ...STATE,
        perStep: undefined,
        left: undefined,
        loss: undefined,
        accuracy: undefined,
        done: 0,
      },
      9,
      3,
      100,
    ),
    "⠸ epoch 2/100 ░░░░░░░░░░░░░░░░░░░░ 0/40",
  );
});

Deno.test("barText() and fitted() have no more columns than there are", () => {
  const states = [STATE, { ...STATE, prefix: "[17/18] standalone-fashion-mnist-128, seed 100  " }];
  for (const state of states) {
    for (const columns of [10, 20, 40, 60, 79, 120, 200]) {
      const line = barText({ ...state, done: 12345, steps: 46875 }, 1, 4, columns);
      assert([...line].length <= columns, `${columns}: ${line}`);
    }
  }
  assert(barText(STATE, 0, 0, 79).includes("accuracy 50.00 %"));
  assertEquals([fitted("abcdef", 6), fitted("abcdef", 5)], ["abcdef", "abcd…"]);
});

Deno.test("LiveLine listens in a thread of its own, prints nothing without a terminal, and ends", async () => {
  if (!await granted("read")) return;
  const { log } = console;
  {
    using line = await LiveLine.start(false);
    line.bar(STATE);
    line.text("compiling");
    line.hide();
    assertEquals(line.stopped, false);
  }
  assertEquals(console.log === log, true);
});

Deno.test("LiveLine goes on where nothing can be printed", async () => {
  if (!await granted("read")) return;
  const { log } = console, { stdout } = Deno, write = stdout.writeSync;
  const gone = () => {
    throw new Error("Input/output error (os error 5)");
  };
  try {
    console.log = stdout.writeSync = gone;
    overwrite("");
    using _line = await LiveLine.start(false);
    console.log("epoch 1");
  } finally {
    console.log = log;
    stdout.writeSync = write;
  }
});
