import { assert, assertEquals } from "@std/assert";
import { Camera } from "../../lab/draw/camera.ts";

/** Measures of one class around a place. */
function around(x: number, y: number) {
  const of = { means: Float32Array.of(x, y), deviations: Float32Array.of(1, 1) };
  return { ...of, counts: Float32Array.of(9), ratio: 1, byLogit: 1, byCenter: 1 };
}

Deno.test("Camera.zoom() stops where floats would, and follows the samples again from there", () => {
  for (const factor of [0.8, 1.25]) {
    const camera = new Camera();
    camera.follow(around(3, 4), new Float32Array(), 2);
    const { half } = camera.aim;
    for (let i = 0; i < 4000; i++) camera.zoom(factor, [3, 4]);
    const share = camera.aim.half / half;
    assert(share >= 1e-4 * 0.999 && share <= 1e4 * 1.001, `${share}`);
    for (let i = 0; i < 400; i++) camera.advance();
    camera.release();
    let frames = 0;
    while (camera.advance()) assert(++frames < 200);
    assert(Math.abs(camera.shown.half / half - 1) < 0.02);
    assertEquals(camera.aim.half, half);
  }
});
