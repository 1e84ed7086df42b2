// deno-lint-ignore-file no-console
/**
 * Writes `results/lab/recorded.json`: the run that the page plays where there is no WebGPU. It is the page's own first view,
 * trained by the same code.
 *
 *     deno run --allow-read --allow-write=results/lab lab/serve/record.ts
 */
import { openGpu } from "../../src/gpu/device.ts";
import { RECORDED_SAMPLES, type RecordedRun } from "../settings/recorded_run.ts";
import { LOSSES } from "../settings/losses.ts";
import { defaultSettings } from "../settings/settings.ts";
import { imagesOf } from "../worker/images.ts";
import { LiveMap } from "../worker/live_map.ts";

/** Steps in all, and between two frames. */
const STEPS = 560, EVERY = 30;

/** Trains all maps and takes their frames. */
async function record(): Promise<RecordedRun> {
  using _gpu = await openGpu();
  const settings = defaultSettings(), sets = imagesOf(settings.shared, undefined);
  const labels = Array.from(sets.train.labels.subarray(0, RECORDED_SAMPLES));
  const run: RecordedRun = { classNames: sets.train.classNames, labels, maps: [] };
  for (const map of settings.maps) {
    const live = new LiveMap(settings, map, sets);
    const frames: RecordedRun["maps"][number]["frames"] = [];
    while (live.steps < STEPS) {
      await live.step();
      if (live.steps % EVERY > 0 || live.steps < live.trainer.steps) continue;
      await live.read();
      const { table, rows, stride, centers, weights, bias = [] } = await live.copied();
      const points = new Float32Array(2 * RECORDED_SAMPLES);
      for (let i = 0; i < rows; i++) {
        const [x, y, , , id] = table.subarray(i * stride, (i + 1) * stride);
        if (id < RECORDED_SAMPLES) points.set([x, y], 2 * id);
      }
      const half = Math.max(...points.map(Math.abs)) || 1;
      const bytes = (of: ArrayLike<number>) =>
        Int8Array.from(of, (v) => Math.round(Math.max(-1, Math.min(1, v / half)) * 127));
      const text = (of: ArrayLike<number>) => new Uint8Array(bytes(of).buffer).toBase64();
      const { byCenter, ratio } = live.measures!;
      const round = (n: number) => Number(n.toPrecision(3));
      frames.push({
        ...{
          step: live.steps,
          half: round(half),
          points: text(points),
          centers: text(centers),
        },
        ...{ weights: Array.from(weights, round), bias: Array.from(bias, round) },
        ...{ byCenter: round(byCenter), ratio: round(ratio) },
      });
    }
    console.log(
      `${map.kind}: ${frames.length} frames, ${frames.at(-1)?.byCenter} by nearest center`,
    );
    run.maps.push({ title: LOSSES[map.kind].title, region: live.region(), frames });
    live.dispose();
  }
  return run;
}

if (import.meta.main) {
  await Deno.mkdir("results/lab", { recursive: true });
  await Deno.writeTextFile("results/lab/recorded.json", JSON.stringify(await record()) + "\n");
}
