/// <reference lib="dom" />
/** What a hand does on a map, by a mouse, a finger or keys. */
import type { ToWorker } from "../../messages.ts";
import type { Pointing } from "./pointing.ts";

/** A map that can be touched. */
interface Touched {
  canvas: HTMLCanvasElement;
  /** Its place among the maps. */
  map: number;
  /** Device pixels of its canvas for each pixel of the page, as the worker knows them. */
  pixel(): number;
  pointing: Pointing;
}

/** Sends what a hand does there. */
export function listenToHands(touched: Touched, send: (message: ToWorker) => void): void {
  const { canvas, map, pointing } = touched;
  /** The pointer that came first, while it is down: others do nothing. */
  let held: { id: number; x: number; y: number; moved: boolean } | undefined;
  const place = ({ clientX, clientY }: MouseEvent): [number, number] => {
    const { left, top } = canvas.getBoundingClientRect();
    return [(clientX - left) * touched.pixel(), (clientY - top) * touched.pixel()];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (held && held.id !== event.pointerId || event.button !== 0) return;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (held?.id === event.pointerId && !(event.buttons & 1)) held = undefined; // let go elsewhere
    if (!held) return pointing.at(place(event));
    const { id, x, y, moved } = held, pixel = touched.pixel();
    if (id !== event.pointerId) return;
    const [dx, dy] = [event.clientX - x, event.clientY - y];
    if (!moved && Math.hypot(dx, dy) < 5) return;
    send({ kind: "drag", map, dx: dx * pixel, dy: dy * pixel });
    held = { id, x: event.clientX, y: event.clientY, moved: true };
  });
  canvas.addEventListener("pointerup", (event) => {
    if (held?.id !== event.pointerId || event.button !== 0) return;
    if (!held.moved) pointing.at(place(event));
    held = undefined;
  });
  canvas.addEventListener("pointercancel", ({ pointerId }) => {
    if (held?.id === pointerId) held = undefined;
  });
  canvas.addEventListener("pointerleave", ({ pointerType }) => {
    // A finger that is lifted leaves, too: what it tapped stays.
    if (pointerType !== "mouse") return;
    pointing.leave();
    send({ kind: "point", map });
  });
  canvas.addEventListener("dblclick", () => send({ kind: "follow", map }));
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const factor = Math.exp(event.deltaY * 0.002);
    send({ kind: "zoom", map, factor, place: place(event) });
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const act = keyActs(touched)[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !act) return;
    event.preventDefault(); // the page does not move
    send(act);
  });
}

/** What a hand does with a mouse, by keys. */
function keyActs(touched: Touched): Partial<Record<string, ToWorker>> {
  const { map, canvas: { clientWidth, clientHeight } } = touched, pixel = touched.pixel();
  const place = [clientWidth / 2 * pixel, clientHeight / 2 * pixel] as const;
  const zoom = (factor: number): ToWorker => ({ kind: "zoom", map, factor, place });
  const drag = (dx: number, dy: number): ToWorker => (
    { kind: "drag", map, dx: dx * pixel, dy: dy * pixel }
  );
  return {
    ...{ "+": zoom(0.8), "=": zoom(0.8), "-": zoom(1.25), "0": { kind: "follow", map } },
    ...{ ArrowLeft: drag(40, 0), ArrowRight: drag(-40, 0) },
    ...{ ArrowUp: drag(0, 40), ArrowDown: drag(0, -40) },
    ...{ Enter: { kind: "point", map, place, far: true }, Escape: { kind: "point", map } },
  };
}
