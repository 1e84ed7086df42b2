import { assert, assertEquals } from "@std/assert";
import { fromAddress, toAddress } from "../../lab/settings/address.ts";
import { numberAt, parseValue, placeOf } from "../../lab/settings/field.ts";
import { LOSS_KINDS, LOSSES, mapOf } from "../../lab/settings/losses.ts";
import {
  CONTROLS,
  defaultSettings,
  recipeOf,
  showsDirections,
} from "../../lab/settings/settings.ts";
import { TOUR } from "../../lab/settings/tour.ts";
import { objectiveOf } from "../../src/losses/objective.ts";

Deno.test("toAddress() and fromAddress() hold every control and every loss", () => {
  const settings = defaultSettings();
  for (const [name, field] of Object.entries(CONTROLS)) {
    const value = field.kind === "choice" ? field.choices.at(-1)![0] : field.high;
    settings.shared[name as keyof typeof CONTROLS] = value;
  }
  for (const kind of LOSS_KINDS) {
    const values = Object.entries(LOSSES[kind].fields).map(([name, field]) =>
      [name, field.kind === "choice" ? field.choices.at(-1)![0] : field.high] as const
    );
    settings.maps = [mapOf(kind, Object.fromEntries(values))];
    assertEquals(fromAddress(`#${toAddress(settings)}`), { settings, wrong: [] });
  }
});

Deno.test("fromAddress() names what it does not know, and keeps the defaults there", () => {
  const { settings, wrong } = fromAddress(
    "#rate=2&width=7&nonsense&map=center,weight:x&map=softmax&seed=1.5&seed=5",
  );
  assertEquals(wrong, [
    ...["rate=2", "width=7", "nonsense=", "center: weight:x", "map=softmax", "seed=1.5"],
  ]);
  assertEquals([settings.shared.rate, settings.shared.seed], [0.05, 5]);
  assertEquals(settings.maps, [mapOf("center")]);
  assertEquals(fromAddress("").settings, defaultSettings());
});

Deno.test("fromAddress() takes four maps at the most", () => {
  const { settings, wrong } = fromAddress("#" + "map=center&".repeat(6));
  assertEquals([settings.maps.length, wrong.length], [4, 2]);
});

Deno.test("numberAt() and placeOf() go there and back", () => {
  for (const field of Object.values(CONTROLS)) {
    if (field.kind !== "number" || field.high > 1e6) continue;
    for (const place of [0, 0.25, 0.5, 1]) {
      const value = numberAt(field, place);
      assertEquals(parseValue(field, String(value)), value, `${field.label} ${value}`);
      assertEquals(Math.abs(placeOf(field, value) - place) < 0.02, true, `${field.label} ${place}`);
    }
  }
  const { weight } = LOSSES.center.fields;
  assertEquals(weight.kind === "number" && [numberAt(weight, 0), numberAt(weight, 1)], [0, 10]);
});

Deno.test("every place of every slider is a number that the address holds and the loss takes", () => {
  for (const kind of LOSS_KINDS) {
    for (const [name, field] of Object.entries(LOSSES[kind].fields)) {
      for (let place = 0; field.kind === "number" && place <= 1; place += 1 / 64) {
        const value = numberAt(field, place), text = String(value);
        assertEquals(parseValue(field, text), value, `${kind} ${name} ${text}`);
        assert(text.length < 8, `${kind} ${name} ${text}`);
        objectiveOf(recipeOf(defaultSettings(), mapOf(kind, { [name]: value })).loss, 10);
      }
    }
  }
});

Deno.test("every loss of the page, and every step of the tour, is one that the library trains", () => {
  const maps = [
    ...LOSS_KINDS.map((kind) => mapOf(kind)),
    ...TOUR.flatMap((step) => step.settings.maps),
  ];
  for (const map of maps) objectiveOf(recipeOf(defaultSettings(), map).loss, 10);
  assertEquals(TOUR.length, 6);
});

Deno.test("three features of a loss on angles stand on a sphere, where nothing else is asked", () => {
  const settings = defaultSettings(), [arcface, center] = [mapOf("arcface"), mapOf("center")];
  const shown = () => [arcface, center].map((map) => showsDirections(settings, map));
  assertEquals(shown(), [false, false]);
  settings.shared.features = 3;
  assertEquals(shown(), [true, false]);
  settings.shared.lengths = "kept";
  assertEquals(shown(), [false, false]);
  settings.shared.lengths = "one";
  assertEquals(shown(), [true, true]);
});
