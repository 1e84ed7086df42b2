import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  linearAxis,
  logAxis,
  niceTicks,
  position,
  tickLabels,
} from "../../../src/figures/frame/axis.ts";

Deno.test("niceTicks() steps by 1, 2 or 5 times a power of ten", () => {
  assertEquals(niceTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(niceTicks(-180, 180, 6), [-150, -100, -50, 0, 50, 100, 150]);
  assertEquals(niceTicks(1, 1, 5), []);
  assertEquals(niceTicks(0, NaN, 5), []);
});

Deno.test("tickLabels() carry as many decimals as their step needs", () => {
  assertEquals(tickLabels(linearAxis(-0.05, 0.05, 4)), ["−0.04", "−0.02", "0.00", "0.02", "0.04"]);
  assertEquals(tickLabels(linearAxis(0, 3000, 3)), ["0", "1,000", "2,000", "3,000"]);
  assertEquals(tickLabels(linearAxis(-2e6, 2e6, 2)), ["−2e6", "0", "2e6"]);
  assertEquals(tickLabels(linearAxis(-2e-12, 2e-12, 2)), ["−2e−12", "0", "2e−12"]);
});

Deno.test("logAxis() marks powers of ten, and more of them over a short span", () => {
  assertEquals(logAxis(0.05, 2).ticks, [0.05, 0.1, 0.2, 0.5, 1, 2]);
  assertEquals(tickLabels(logAxis(0.001, 100)), ["0.001", "0.01", "0.1", "1", "10", "100"]);
  assertEquals(tickLabels(logAxis(2.7, 3.5)), ["2.8", "3.0", "3.2", "3.4"]);
  assertEquals(logAxis(1.3, 1.4).ticks, [1.3, 1.32, 1.34, 1.36, 1.38, 1.4]);
  for (const axis of [logAxis(0.0013, 0.0034), logAxis(0.0011, 0.0099), logAxis(0.9995, 1.0005)]) {
    assertEquals(tickLabels(axis).map(Number), axis.ticks);
  }
  assertEquals(tickLabels(logAxis(900, 20_000)).at(-1), "20,000");
});

Deno.test("position() runs from 0 to 1", () => {
  assertEquals(position(linearAxis(-2, 2), 1), 0.75);
  assertAlmostEquals(position(logAxis(0.1, 10), 1), 0.5);
});
