// deno-lint-ignore-file no-console
/**
 * `deno task test:python`: small runs, read with `python/load_run.py`, with PyTorch and with TensorBoard's own reader. It
 * starts processes, so it stands beside the tests; what is not installed is said and counts as not tried.
 */
import { join } from "node:path";
import { command } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { encodeNpy } from "../../src/base/npy.ts";
import { put } from "../data/pictures.ts";
import { smallMnist } from "../data/idx_bytes.ts";

const PROJECT = join(import.meta.dirname!, "..", "..");
const ROWS = [
  "cent-mnist-2",
  "standalone-mnist-2",
  "kz-center",
  "wen-mnist",
  "jx-softmax",
  "keras-lambda-0.5",
  // Last layers by cosines, one with a scale that is kept, by unit weights, by several proxies, by anchors.
  ...["arcface", "adacos", "sphereface", "soft-triple", "cac"].map((loss) => `${loss}-mnist-2`),
];
const KINDS = { arrays: "numpy", network: "torch", tensorboard: "tensorboard" };
const PYTHONS = ["python3", "/usr/bin/python3"];
const TEST = 10, NAME = "python";

const READ = command({
  name: "test:python",
  about: "Reads small runs with python/load_run.py, PyTorch and TensorBoard's own reader.",
  forms: [["", "all that is installed; the rest is named and not tried"]],
  flags: {},
});

let failed = false;

/** Runs the command. */
export const main = mainOf(READ, async () => {
  const root = await Deno.makeTempDir();
  try {
    const data = join(root, "data"), out = join(root, "runs");
    await smallMnist(data, 40, TEST);
    await writeTestImages(data, out);
    for (const row of ROWS) {
      const sizes = ["--train-size", "40", "--test-size", `${TEST}`, "--name", NAME];
      const flags = ["--preset", "smoke", ...sizes];
      await mustRun("deno", "task", "-q", "exp", row, ...flags, "--out", out, "--data-dir", data);
    }
    const folders = ROWS.map((row) => join(out, `${row}+${NAME}`, "smoke", "seed-1"));
    for (const [kind, module] of Object.entries(KINDS)) {
      const python = await pythonWith(module);
      if (!python) {
        console.log(`${kind}: not tried, ${module} is not installed`);
        continue;
      }
      const script = join(import.meta.dirname!, "read_run.py");
      const { success, said } = await run(python, script, kind, ...folders);
      console.log(`${kind}: ${success ? "agrees" : "FAILS"}\n${said.trimEnd()}`);
      failed ||= !success;
    }
    const torch = await pythonWith("torch");
    if (torch) await checkSearch(torch, data);
    const python = await pythonWith("numpy"), script = join(PROJECT, "python", "load_run.py");
    if (python) {
      const plan = { id: "a", preset: "quick", seed: 1 };
      const holding = async (files: Record<string, string>) => {
        const folder = await Deno.makeTempDir({ dir: root });
        const all = { "config.json": JSON.stringify({ plan }), ...files };
        for (const [name, text] of Object.entries(all)) await put(join(folder, name), text);
        return folder;
      };
      const metrics = { "metrics.csv": "epoch,loss\n1,2\n" };
      for (
        const [args, code, words] of [
          [[], 2, "Usage: python load_run.py RUN"],
          [["NOWHERE"], 1, "NOWHERE has no config.json: name the folder of a run"],
          [[await holding({ "config.json": "{" })], 1, "config.json is no config of a run"],
          [
            [await holding({ "config.json": '{"plan":[]}' })],
            1,
            "config.json is no config of a run",
          ],
          [[await holding({})], 1, "metrics.csv is not there: the run has no finished epoch"],
          [[await holding(metrics)], 0, ""],
          [[await holding({ "metrics.csv": "" })], 1, "metrics.csv is damaged: it is empty"],
          [
            [await holding({ "metrics.csv": "epoch,loss\n1,2\n2\n" })],
            1,
            "metrics.csv is damaged: line 3 has 1 fields, not 2",
          ],
          ...await Promise.all(["text", "", "PK\x03\x04"].map(async (text) =>
            [
              [await holding({ ...metrics, "features.npz": text })],
              1,
              "features.npz is damaged: it holds no arrays of NumPy",
            ] as const
          )),
        ] as const
      ) {
        const { code: ended, stderr } = await new Deno.Command(python, { args: [script, ...args] })
          .output();
        const said = new TextDecoder().decode(stderr).trimEnd();
        if (ended === code && said.includes(words) && !said.includes("\n")) continue;
        failed = true;
        console.log(`load_run.py ${args}: FAILS\n${said}`);
      }
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
  return failed ? 1 : 0;
});

/** `python/fast_search.py`: a line of `results/fast/search.csv`, or one that says what is wrong. */
async function checkSearch(python: string, data: string): Promise<void> {
  const script = join(PROJECT, "python", "fast_search.py");
  const numbers = {
    lr: 0.01,
    epochs: 1,
    "train-size": 40,
    "test-size": TEST,
    "batch-size": 8,
    width: 0.25,
  };
  const flags = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const line = /^standalone-mnist-2,0.25,40,1,1,0.01,0.0005,,batch 8,[01]\.\d{4},PyTorch \d/;
  const nowhere = join(data, "nowhere");
  for (
    const [row, folder, code, said] of [
      ["standalone-mnist-2", data, 0, line],
      [
        "standalone-mnist-2",
        nowhere,
        1,
        /^\S*nowhere\S* cannot be read .*: `deno task data mnist` fetches the set$/,
      ],
      ["standalone-mnist-3", data, 2, /: standalone-mnist-3 is no row of the published table$/],
      ["nothing", data, 2, /: nothing is no row of the published table$/],
    ] as const
  ) {
    const args = [script, row, ...flags, "--data-dir", folder];
    const ended = await new Deno.Command(python, { args }).output();
    const text = new TextDecoder().decode(code === 0 ? ended.stdout : ended.stderr).trimEnd();
    if (ended.code === code && said.test(text.split("\n").at(-1)!)) continue;
    failed = true;
    console.log(`fast_search.py ${row}, exit code ${ended.code}: FAILS\n${text}`);
  }
}

/** The test images as they were written, for Python: uint8 `[n, height, width, channels]`. */
async function writeTestImages(data: string, out: string): Promise<void> {
  const file = await Deno.readFile(join(data, "mnist", "t10k-images-idx3-ubyte"));
  await put(join(out, "test_images.npy"), encodeNpy([TEST, 28, 28, 1], file.slice(16)));
}

/** The first Python that has a module. */
async function pythonWith(module: string): Promise<string | undefined> {
  for (const python of PYTHONS) {
    const { success } = await run(python, "-c", `import numpy, ${module}`);
    if (success) return python;
  }
}

async function mustRun(...command: string[]): Promise<void> {
  const { success, said } = await run(...command);
  if (!success) throw new Error(`${command.join(" ")}:\n${said}`);
}

/** Runs a command; one that is not there fails. */
async function run(...[command, ...args]: string[]): Promise<{ success: boolean; said: string }> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd: PROJECT })
      .output();
    const text = new TextDecoder();
    return { success, said: text.decode(stdout) + (success ? "" : text.decode(stderr)) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { success: false, said: error.message };
    throw error;
  }
}

if (import.meta.main) await runCli(main);
