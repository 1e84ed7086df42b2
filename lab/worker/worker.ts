/// <reference lib="dom" />
/** The worker of the page: owns the GPU, the runs and the canvases. */
import { openGpu } from "../../src/gpu/device.ts";
import type { FromWorker, ToWorker } from "../messages.ts";
import { Session } from "./session.ts";

const post = (message: FromWorker) => postMessage(message);

/** What is asked of a session. */
function answer(session: Session, message: ToWorker): Promise<void> | void {
  const { stage } = session, camera = "map" in message && stage.painter(message.map)?.camera;
  switch (message.kind) {
    case "canvas":
      return stage.attach(message.map, message.canvas);
    case "size":
      return stage.resize(message.map, message.width, message.height, message.pixel);
    case "start":
      return session.start(message.settings, message.playing);
    case "change":
      return session.change(message.settings);
    case "play":
      return session.play(message.on);
    case "step":
      return session.step();
    case "look":
      stage.look = { hidden: message.hidden, dark: message.dark, still: message.still };
      return stage.redraw();
    case "point":
      return session.point(message);
    case "drag": {
      if (!camera) return;
      const { unit, three } = viewOf(session, message.map);
      if (three) camera.rotate(message.dx, message.dy);
      else camera.pan(message.dx * unit, -message.dy * unit);
      return stage.redraw();
    }
    case "zoom": {
      if (!camera) return;
      const { unit, width, height, three } = viewOf(session, message.map);
      const [x, y] = message.place, [a, b] = camera.shown.middle;
      const place = [a + (x - width / 2) * unit, b - (y - height / 2) * unit] as const;
      camera.zoom(message.factor, three ? undefined : place);
      return stage.redraw();
    }
    case "follow":
      if (camera) camera.release();
      return stage.redraw();
    case "digit":
      return session.follow(message.pixels);
    case "files":
      return session.load(message.files);
    case "scrub":
      return session.scrub(message.epoch);
    case "export":
      return session.export(message);
  }
}

/** Units a pixel of a map, and whether it is a space. */
function viewOf({ stage }: Session, map: number) {
  const { camera, dim } = stage.painter(map)!, { width, height } = stage.projection(map);
  return { width, height, unit: camera.unit(Math.min(width, height)), three: dim === 3 };
}

/** Opens the GPU and answers from then on; messages that came before are not lost. */
export async function beginWorker(): Promise<void> {
  const early: ToWorker[] = [];
  let session: Session | undefined;
  const hear = (message: ToWorker) => {
    const running = session!;
    const asked = message.kind === "files" || message.kind === "export";
    running.do(async () => await answer(running, message)).catch((error) =>
      running.fail(error, asked)
    );
  };
  onmessage = ({ data }: MessageEvent<ToWorker>) => session ? hear(data) : early.push(data);
  if (!navigator.gpu) {
    return post({ kind: "failed", message: "This browser has no WebGPU.", why: "no-webgpu" });
  }
  try {
    const gpu = await openGpu({ submitMs: 20 });
    const { description, vendor, architecture, software } = gpu.adapter;
    const adapter = description || [vendor, architecture].filter(Boolean).join(" ");
    post({ kind: "ready", adapter, software });
    session = new Session(gpu, post);
    gpu.device.lost.then(({ message, reason }) =>
      reason !== "destroyed" && post({ kind: "failed", message, why: "lost" })
    );
    early.forEach(hear);
    draw(session);
  } catch (error) {
    post({ kind: "failed", message: (error as Error).message, why: "no-webgpu" });
  }
}

/** A frame each time the screen takes one. */
function draw(session: Session): void {
  const next = async () => {
    try {
      session.stage.frame();
    } catch (error) {
      return await session.fail(error);
    }
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
