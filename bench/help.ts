/** The help of `deno task bench`. */
import { ADAPTER_HELP } from "../experiments/flags/adapter.ts";

/** What `deno task bench --help` prints. */
export const HELP = `\
Measures this machine: what its adapter can do at best, then kernels and training steps beside it.

  deno task bench                      limits and works: the median of five samples, each of half a second or more
  deno task bench --profile            where a training step spends its time, kernel by kernel
  deno task bench --overhead           the share of an epoch that passes outside of shaders
  deno task bench --memory             whether resident memory grows over 1,000 steps

Options
  --only PATTERN   time only works whose name or shape holds it, such as "conv2d" or "training step"
  --batch N        images a step (32)
  --network NAME   resnet (without it) or lenetpp, with --profile, --overhead and --memory
  --steps N        steps to take, with --overhead (120; on a GPU 400) and --memory (1000)
  --adapter CHOICE ${ADAPTER_HELP}
  --tiles FILE     tiles, as deno task tune --write FILE makes them, in place of the adapter's own
  --json FILE      the timed rows as JSON, too
  --csv FILE       the timed rows or the profile as CSV, too
  --verbose        print stack traces
  --help           print this

Every result is checked on the CPU before it is timed. A multiply-add counts as two operations. GB/s counts every array
once, a copy's as read and as written. "Of limit" is the share of the adapter's own rate, measured just before: of its
multiply-adds where operations are counted, else of its copy. Other programs on the machine make everything slower.
--overhead and --memory say whether they are within their bars, 3 % and 2 %.`;
