/** What the worker of the lab does with its maps, without a page. */
import { assert, assertEquals } from "@std/assert";
import type { FromWorker } from "../../lab/messages.ts";
import { mapOf } from "../../lab/settings/losses.ts";
import { defaultSettings, type Settings } from "../../lab/settings/settings.ts";
import { exported } from "../../lab/worker/export.ts";
import { imagesOf } from "../../lab/worker/images.ts";
import { LiveMap } from "../../lab/worker/live_map.ts";
import { Session } from "../../lab/worker/session.ts";
import { decodeSafetensors } from "../../src/base/safetensors.ts";
import { gpu } from "../../src/gpu/device.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";

/** The smallest page: two steps an epoch. */
function small(kind: Parameters<typeof mapOf>[0]): Settings {
  const { shared } = defaultSettings();
  return {
    shared: { ...shared, images: 32, side: 14, network: "lenetpp", width: 0.125 },
    maps: [mapOf(kind)],
  };
}

/** The open device as a software adapter, whose pictures need no canvas of WebGPU. */
function asSoftware(): Gpu {
  return new Proxy(gpu(), {
    get(target, name) {
      if (name === "adapter") return { ...target.adapter, software: true };
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A session with a canvas that nothing is drawn on, and all that it said. */
function begun() {
  const said: FromWorker[] = [], session = new Session(asSoftware(), (it) => void said.push(it));
  const canvas = { width: 0, height: 0, getContext: () => ({ canvas }) };
  session.stage.attach(0, canvas as unknown as OffscreenCanvas);
  const steps = async (more: number) => {
    const count = () => said.filter(({ kind }) => kind === "report").length;
    for (const end = count() + more; count() < end;) {
      const failed = said.find(({ kind }) => kind === "failed" || kind === "refused");
      assertEquals(failed, undefined);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { said, session, steps };
}

Deno.test("Session.play(), stopped and played again and again, has one loop that trains", async () => {
  const { session, steps } = begun(), settings = small("cross-entropy");
  await session.do(() => session.start(settings, true));
  await steps(1);
  for (let i = 0; i < 4; i++) {
    await Promise.all([false, true].map((on) => session.do(async () => await session.play(on))));
  }
  let waiting = 0, most = 0;
  const act = session.do.bind(session);
  session.do = async (it) => {
    most = Math.max(most, ++waiting);
    try {
      return await act(it);
    } finally {
      waiting--;
    }
  };
  await steps(4);
  session.play(false);
  await act(() => Promise.resolve());
  await new Promise((resolve) => setTimeout(resolve, 50));
  assertEquals(most, 1);
});

Deno.test("Session.start() says what cannot be trained, and trains what can be after it", async () => {
  const { session, steps } = begun();
  const refusal = (act: () => Promise<void> | void) =>
    session.do(async () => await act()).then(
      () => "",
      ({ name, message }) => `${name}: ${message}`,
    );
  const words = await refusal(() => session.start(small("simplex"), true));
  assert(words.startsWith("RunError: Cannot make a simplex of 10 classes in 2 dim"), words);
  assertEquals(await refusal(() => session.play(true)), words);
  assertEquals(await refusal(() => session.step()), words);
  const settings = small("cross-entropy");
  settings.shared.batch = 64;
  const many = await refusal(() => session.start(settings, true));
  assert(many.startsWith("RunError: Cannot make batches of 64 from 32 digits images"), many);
  await session.do(() => session.start(small("cross-entropy"), true));
  await steps(1);
  session.play(false);
  await session.do(() => Promise.resolve());
});

Deno.test("Session.start() trains after a training for which the GPU's memory was full", async () => {
  const { said, session, steps } = begun(), { device } = gpu();
  await session.do(() => session.start(small("cross-entropy"), true));
  await steps(1);
  const error = new GPUOutOfMemoryError("full");
  device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
  const refusal = () => said.findIndex(({ kind }) => kind === "refused");
  while (refusal() < 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const [{ message, stopped }] = said.splice(refusal()) as {
    message?: string;
    stopped?: boolean;
  }[];
  assert(stopped && message?.startsWith("Cannot allocate more on the GPU"), message);
  await session.do(() => session.start(small("cross-entropy"), true));
  await steps(1);
  session.play(false);
  await session.do(() => Promise.resolve());
});

Deno.test("Session.fail() stops nothing where files or an export were asked for", async () => {
  const { said, session, steps } = begun();
  await session.do(() => session.start(small("cross-entropy"), true));
  await steps(1);
  await session.fail(new RangeError("no such file"), true);
  const refused = said.splice(said.findIndex(({ kind }) => kind === "refused"), 1);
  assertEquals(refused, [{ kind: "refused", message: "no such file", stopped: false }]);
  await steps(1);
  session.play(false);
  await session.do(() => Promise.resolve());
});

Deno.test("Session.start() with images of another size forgets a digit that was drawn for others", async () => {
  const { said, session, steps } = begun(), settings = small("cross-entropy");
  await session.do(() => session.start(settings, true));
  await steps(1);
  await session.do(() => session.follow(new Uint8Array(14 * 14)));
  await session.do(() =>
    session.start({ ...settings, shared: { ...settings.shared, side: 28 } }, true)
  );
  await steps(1);
  await session.do(() => session.follow(new Uint8Array(28 * 28)));
  await steps(1);
  session.play(false);
  await session.do(() => Promise.resolve());
  assertEquals(said.filter(({ kind }) => kind === "failed"), []);
});

Deno.test("Session.scrub() shows numbers, camera and marks of an epoch, and then again what is live", async () => {
  const { said, session } = begun(), marked: number[] = [];
  const mark = session.stage.mark.bind(session.stage);
  session.stage.mark = (map, marks) => (marked.push(marks.length), mark(map, marks));
  const act = (it: () => Promise<void> | void) => session.do(async () => await it());
  session.stage.resize(0, 100, 100, 1);
  const told = () => said.filter((it) => it.kind === "report").at(-1)!;
  const shown = () => {
    const { ratio, byCenter, test, step } = told().maps[0].past ?? told().maps[0];
    const { half } = session.stage.painter(0)!.camera.aim;
    return { ratio, byCenter, test, step, half };
  };
  await act(() => session.start(small("center"), false));
  for (let i = 0; i < 2; i++) await act(() => session.step());
  const first = shown();
  for (let i = 0; i < 3; i++) await act(() => session.step());
  await act(() => session.follow(new Uint8Array(14 * 14).fill(200)));
  const now = shown();
  assertEquals([first.step, now.step, told().snapshots], [2, 5, [1, 2]]);
  assert(first.half !== now.half && first.ratio !== now.ratio);
  const place = [0, 0] as const;
  await act(() => session.point({ kind: "point", map: 0, place, far: true }));
  assertEquals(marked.at(-1), 2);
  await act(() => session.scrub(1));
  assertEquals([shown(), marked.at(-1)], [first, 0]);
  assertEquals(told().maps[0].step, 5); // curves and status are live
  await act(() => session.scrub());
  assertEquals([shown(), marked.at(-1)], [now, 1]);
});

Deno.test("Session.export() writes the classes that are switched off, and says what is live", async () => {
  const { said, session } = begun();
  const saved = async (format: "csv" | "safetensors") => {
    await session.do(() => session.export({ kind: "export", map: 0, format }));
    return said.filter((it) => it.kind === "exported").at(-1)!;
  };
  await session.do(() => session.start(small("center"), false));
  for (let i = 0; i < 2; i++) await session.do(() => session.step());
  session.stage.look = { ...session.stage.look, hidden: 8 };
  const { bytes, note } = await saved("safetensors");
  const { metadata } = decodeSafetensors(bytes, "page.safetensors");
  assert(metadata.settings.includes("hidden=8"), metadata.settings);
  assertEquals(note, undefined);
  await session.do(() => session.scrub(1));
  assert((await saved("csv")).note?.startsWith("The file holds the training as it is now"));
});

Deno.test("Session.export() says that there is nothing to save", async () => {
  const { session } = begun();
  const refusal = (format: "csv" | "npz") =>
    session.do(() => session.export({ kind: "export", map: 0, format })).then(
      () => "",
      ({ name, message }) => `${name}: ${message}`,
    );
  await session.do(() => session.start(small("center"), false));
  for (const format of ["csv", "npz"] as const) {
    assert((await refusal(format)).startsWith("RunError: There are no samples to save yet"));
  }
  await session.do(() => session.start(small("simplex"), false)).catch(() => {});
  assert((await refusal("csv")).startsWith("RunError: There is nothing to save"));
});

Deno.test("Session.play() after a loss that became infinite begins anew", async () => {
  const { said, session, steps } = begun(), settings = small("center");
  session.stage.attach(1, { getContext: () => ({}) } as unknown as OffscreenCanvas);
  const maps = [mapOf("cross-entropy"), mapOf("center", { weight: 1e38 })];
  const words = await session.do(async () => {
    await session.start({ ...settings, maps }, false);
    for (let i = 0; i < 20; i++) await session.step();
  }).then(() => "", ({ name, message }) => `${name}: ${message}`);
  assert(/^RunError: Map B: The loss became .* Play then begins anew$/.test(words), words);
  await session.do(() => session.change(settings));
  await session.do(async () => await session.play(true));
  said.splice(0);
  await steps(2);
  session.play(false);
  await session.do(() => Promise.resolve());
});

Deno.test("Session.change() tells numbers and views of maps that stand still", async () => {
  const { said, session } = begun(), settings = small("center");
  const shown = () => said.filter((it) => it.kind === "report").at(-1)!.maps[0].shown;
  await session.do(() => session.start(settings, false));
  for (let i = 0; i < 3; i++) await session.do(() => session.step());
  const before = shown();
  const look = (lengths: string) =>
    session.do(() => session.change({ ...settings, shared: { ...settings.shared, lengths } }));
  await look("one");
  assertEquals(shown(), "directions");
  await look("kept");
  assertEquals(shown(), before);
  assertEquals(session.stage.painter(0)!.camera.shown.half, before);
});

Deno.test("LiveMap.gather() does nothing where no step was made since", async () => {
  const settings = small("cross-entropy"), { device } = gpu();
  const map = new LiveMap(settings, settings.maps[0], imagesOf(settings.shared, undefined));
  const make = device.createCommandEncoder;
  let encoders = 0;
  device.createCommandEncoder = (...given) => (encoders++, make.apply(device, given));
  try {
    const made = async (act: () => Promise<void> | void) => {
      const before = encoders;
      await act();
      return encoders - before;
    };
    await map.step();
    assert(await made(() => map.gather()) > 0);
    assertEquals(await made(() => map.gather()), 0);
    await map.step();
    assert(await made(() => map.gather()) > 0);
  } finally {
    device.createCommandEncoder = make;
    map.dispose();
  }
});

Deno.test("a CSV file predicts by the nearest center where a loss trains no logits", async () => {
  const settings = small("standalone");
  const map = new LiveMap(settings, settings.maps[0], imagesOf(settings.shared, undefined));
  for (let i = 0; i < map.trainer.steps; i++) await map.step();
  const { centers } = await map.copied();
  const past = { map, title: "", snapshots: [], directions: false, address: "" };
  const [head, ...lines] = new TextDecoder().decode(await exported("csv", past)).trim().split("\n");
  assertEquals(head, "feature0,feature1,label,predicted,image");
  assertEquals(lines.length, 32);
  for (const line of lines) {
    const [x, y, , predicted] = line.split(",").map(Number);
    const distances = Array.from(
      { length: 10 },
      (_, k) => Math.hypot(x - centers[2 * k], y - centers[2 * k + 1]),
    );
    assertEquals(predicted, distances.indexOf(Math.min(...distances)), line);
  }
  map.dispose();
});
