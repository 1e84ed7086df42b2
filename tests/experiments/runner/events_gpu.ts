/** The event file of a run: whole records while it goes on, one clean file after a resume. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { readEvent } from "../../../experiments/events/event.ts";
import { EVENTS } from "../../../experiments/events/run_events.ts";
import { recordsIn } from "../../../experiments/events/tf_record.ts";
import {
  contents,
  copyOf,
  folderIn,
  isThere,
  onceThere,
  RESUME,
  runTest,
  SIZES,
  start,
} from "../run_folders.ts";

/** Steps and tags of all events, in their order; the file must end with its last whole record. */
function eventsIn(out: string): string[] {
  const file = Deno.readFileSync(join(folderIn(out), EVENTS)), records = [...recordsIn(file)];
  assertEquals(records.at(-1)?.end ?? 0, file.length, "the file ends with a whole record");
  return records.map(({ bytes }) => {
    const { step, tags } = readEvent(bytes);
    return `${step} ${tags.join(" ")}`;
  });
}

const withoutMaps = (events: readonly string[]) =>
  events.map((event) => event.replace(/ maps\/\w+/g, ""));

runTest(
  "a run writes an event for each step and epoch, and ends in one file however it was stopped",
  async (root, t) => {
    const whole = join(root, "whole"), stopped = join(root, "stopped");
    await start(whole, SIZES);
    const events = eventsIn(whole);
    await t.step("a run that was never stopped", () => {
      const step = " step/loss step/cross_entropy step/center step/accuracy";
      assertEquals(events.slice(0, 4), [
        "0 ",
        "0 _hparams_/experiment _hparams_/session_start_info",
        `1${step}`,
        `2${step}`,
      ]);
      assertMatch(
        events[4],
        /^1 epoch\/lr train\/loss .* distances\/between norms\/train norms\/test maps\/train maps\/val$/,
      );
      assertEquals(events.slice(5, 7), [`3${step}`, `4${step}`]);
      assertEquals(events.slice(8), ["2 _hparams_/session_end_info"]);
    });
    await start(stopped, SIZES, onceThere(join(folderIn(stopped), "val.png")));
    assertEquals(eventsIn(stopped), events.slice(0, 5));
    await t.step("stopped and resumed", async () => {
      const out = await copyOf(stopped);
      await start(out, RESUME);
      assertEquals(eventsIn(out), events);
    });
    const spoil = (of: string, change: (file: Uint8Array<ArrayBuffer>) => Uint8Array) => {
      const path = join(folderIn(of), EVENTS);
      Deno.writeFileSync(path, change(Deno.readFileSync(path)));
    };
    await t.step("killed within a record, and in an epoch that is not finished", async () => {
      const out = await copyOf(stopped), file = Deno.readFileSync(join(folderIn(whole), EVENTS));
      const ends = [...recordsIn(file)].map(({ end }) => end);
      spoil(out, () => file.slice(0, ends[5] + 7));
      await start(out, RESUME);
      assertEquals(eventsIn(out), events);
    });
    await t.step(
      "cut off in an epoch that is finished, damaged, deleted: from the tables",
      async () => {
        const ends = [...recordsIn(Deno.readFileSync(join(folderIn(stopped), EVENTS)))];
        for (
          const change of [
            (file: Uint8Array<ArrayBuffer>) => file.slice(0, ends[2].end),
            (file: Uint8Array<ArrayBuffer>) => file.with(ends[0].end + 20, 1),
          ]
        ) {
          const out = await copyOf(stopped);
          spoil(out, change);
          await start(out, RESUME);
          assertEquals(withoutMaps(eventsIn(out)), withoutMaps(events));
        }
        const out = await copyOf(stopped);
        Deno.removeSync(join(folderIn(out), EVENTS));
        await start(out, RESUME);
        assertEquals(withoutMaps(eventsIn(out)), withoutMaps(events));
      },
    );
    await t.step(
      "killed before the maps of an epoch were drawn: those of the one before are not its own",
      async () => {
        const out = await copyOf(stopped), folder = folderIn(out);
        const older = Deno.readFileSync(join(folder, "train.png"));
        const own = Deno.readFileSync(join(folder, "val.png"));
        const ends = [...recordsIn(Deno.readFileSync(join(folder, EVENTS)))];
        spoil(out, (file) => file.slice(0, ends[3].end));
        Deno.writeFileSync(join(folder, "val.png"), older);
        await start(out, RESUME);
        const [epoch] = [...recordsIn(Deno.readFileSync(join(folder, EVENTS)))].slice(4);
        const found = epoch.bytes.toHex();
        assert(found.includes(own.toHex()) && found.split(older.toHex()).length === 2);
      },
    );
    await t.step("--no-events writes none, and all else is the same", async () => {
      const out = join(root, "none");
      await start(out, [...SIZES, "--no-events"]);
      assert(!isThere(join(folderIn(out), EVENTS)));
      const names = (of: string) => [...contents(folderIn(of)).keys()];
      assertEquals(names(out), names(whole).filter((name) => name !== EVENTS));
    });
  },
);
