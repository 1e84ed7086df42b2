// deno-lint-ignore-file no-console
/** `deno task bench:page`: a training step of LeNet++ in a page, in this program and in others. */
import { command, flag } from "../../../cli/flags.ts";
import { mainOf, runCli } from "../../../cli/run_cli.ts";
import { number, path, withDefault } from "../../../cli/values.ts";
import { whole } from "../../../src/base/range.ts";
import { digits } from "../../../src/base/format.ts";
import { textTable } from "../../../src/base/text_table.ts";
import { checkWritable, saveAll, saveSoFar } from "../../output_file.ts";
import { contest } from "../contest.ts";
import { PeerProcess } from "../peer_process.ts";
import { type PeerRow, toCsv } from "../rows.ts";
import { PagePeer } from "./page_peer.ts";
import { PAGE_PROGRAMS, type PageProgramName } from "./programs.ts";
import { servePage } from "./serve.ts";

/** Where a whole comparison goes. */
const CSV = "results/bench/page.csv";
/** Factors on the published width, with images a step: those of the lab, and what the slowest trains in time. */
const WIDTHS = [{ width: 0.25, batch: 16 }, { width: 1, batch: 2 }];
const COUNT = whole(1);

const BENCH_PAGE = command({
  name: "bench:page",
  about:
    "Times a training step of LeNet++ in a browser, in this program and in others, after checking that all compute the same.",
  forms: [["", `both widths, all programs; writes ${CSV}`]],
  flags: {
    browser: withDefault(
      path("FILE", "Chromium, or another browser made of it"),
      "/usr/bin/chromium",
    ),
    software: flag(
      "computes on SwiftShader, Chromium's software adapter, and ours in Deno on the same",
    ),
    width: number(
      { low: 0.01, high: 1 },
      "a factor on the published width, to measure that one alone",
    ),
    batch: number(COUNT, "images in a batch, at any width"),
    rounds: withDefault(number(COUNT, "samples of each program, taken in turn"), 3),
    timeout: withDefault(
      number(COUNT, "seconds a sample may take, and a fifth of what readying may take", "S"),
      120,
    ),
    "by-hand": flag(
      "waits for a line on standard input before each round, until the machine is quiet",
    ),
    csv: path(
      "FILE",
      `where the rows go; default: ${CSV}, and nowhere with --width, --batch or --rounds`,
    ),
  },
  end: "Everything else on the machine makes all of them slower; they take turns.",
});

/** Runs the command. */
export const main = mainOf(BENCH_PAGE, async ({ flags, names }) => {
  // A comparison that leaves something out does not take the place of a whole one.
  const whole = ["width", "batch", "rounds"].every((name) => !names.has(name));
  const csv = flags.csv ?? (whole ? CSV : undefined);
  if (csv) await checkWritable(csv);
  const { chromium } = await import("npm:playwright-core@1.65.1");
  const server = await servePage(), url = `http://127.0.0.1:${server.addr.port}/`;
  const chosen = flags.software
    ? ["--use-webgpu-adapter=swiftshader", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    : [];
  const args = ["--no-sandbox", "--enable-unsafe-webgpu", ...chosen];
  const launch = () => chromium.launch({ executablePath: flags.browser, args });
  const open = (program: PageProgramName) =>
    program === "ours-deno"
      ? new PeerProcess("ours", flags.software ? swiftShaderIn(flags.browser) : {})
      : new PagePeer(program, launch, url);
  const { titles, line } = textTable(
    [{ title: "width", width: 14 }, { title: "program", width: 13 }],
    ["ms", "images/s", "first ms", "ratio"],
  );
  console.log(titles);
  const rows: PeerRow[] = [];
  try {
    const widths = flags.width === undefined ? WIDTHS : [{ width: flags.width, batch: 16 }];
    for (const { width, batch } of widths) {
      const more = await contest("training step, LeNet++", {
        ...{ ...flags, batch: flags.batch ?? batch, width, open },
        peers: PAGE_PROGRAMS.slice(1),
        before: flags["by-hand"] ? nextLine : undefined,
      });
      const work = width === 1 ? "published width" : `width ${width}`;
      for (const row of more) {
        rows.push({ ...row, work });
        const numbers = [row.ms, row.imagesPerSecond, row.firstMs, row.ratioToOurs].map(digits);
        console.log(line([work, row.program], numbers) + (row.note && `\n  ${row.note}`));
      }
      if (csv) await saveSoFar(csv, toCsv(rows));
    }
    if (csv) await saveAll(csv, toCsv(rows));
  } finally {
    await server.shutdown();
  }
  return 0;
});

/** What chooses, for Deno, the SwiftShader that a browser brings along. */
function swiftShaderIn(browser: string): Record<string, string> {
  const driver = `/usr/lib/${browser.split("/").at(-1)}/vk_swiftshader_icd.json`;
  return { VK_DRIVER_FILES: driver, DENO_WEBGPU_BACKEND: "vulkan" };
}

/** Waits for a line on standard input. */
async function nextLine(round: number): Promise<void> {
  console.log(`round ${round + 1}: a line starts it`);
  await Deno.stdin.read(new Uint8Array(1024));
}

if (import.meta.main) await runCli(main);
