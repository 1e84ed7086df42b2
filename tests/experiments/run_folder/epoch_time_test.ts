import { assertEquals } from "@std/assert";
import { fullRate, timeFields, timesAgree } from "../../../experiments/run_folder/epoch_time.ts";

Deno.test("timeFields() gives seconds and the rate of the seconds as they stand there", () => {
  assertEquals(timeFields(60_000, 12.3456789), ["12.345679", "4860.00000486"]);
});

Deno.test("timesAgree() sees any digit that is another", () => {
  for (const [images, seconds] of [[60_000, 812.1234567], [18, 0.0123], [50_000, 97531.86421]]) {
    const fields = timeFields(images, seconds);
    assertEquals(timesAgree(...fields), true);
    for (const [k, field] of fields.entries()) {
      for (let at = 0; at < field.length; at++) {
        const digit = field[at] === "7" ? "3" : "7";
        const other = fields.with(k, field.slice(0, at) + digit + field.slice(at + 1));
        assertEquals(timesAgree(other[0], other[1]), false, `${fields} as ${other}`);
      }
    }
  }
});

Deno.test("fullRate() completes what an earlier version rounded", () => {
  assertEquals(fullRate("12.346", "4859.9"), "4859.87364329");
});
