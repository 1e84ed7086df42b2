import { assertEquals } from "@std/assert";
import { fromAddress } from "../../lab/settings/address.ts";
import { otherSize, sized } from "../../lab/settings/settings.ts";

/** Of an address: its image size, width and batch made small, and what is offered in its place. */
function small(hash: string) {
  const { settings } = fromAddress(hash), { side, width, batch } = sized(settings, "small").shared;
  return [side, width, batch, otherSize(settings)];
}

Deno.test("sized() makes nothing larger that is to be small", () => {
  assertEquals(small(""), [14, 0.25, 8, "small"]);
  assertEquals(small("#width=0.125"), [14, 0.125, 8, "small"]);
  assertEquals(small("#width=1&batch=128"), [14, 0.25, 8, "small"]);
});

Deno.test("otherSize() of settings that are small already is the full one", () => {
  assertEquals(small("#side=14&batch=8&map=center"), [14, 0.25, 8, "full"]);
  assertEquals(small("#side=14&batch=8&width=0.125"), [14, 0.125, 8, "full"]);
  const { settings } = fromAddress("#side=14&batch=8&width=0.125");
  assertEquals(otherSize(sized(settings, "full")), "small");
});
