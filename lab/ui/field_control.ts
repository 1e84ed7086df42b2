/// <reference lib="dom" />
/** A control for a field: a slider with its number, or a list of choices. */
import { type Field, numberAt, type NumberField, parseValue, placeOf } from "../settings/field.ts";
import { h } from "./element.ts";

/** A control on the page. */
export interface FieldControl {
  element: HTMLElement;
  /** Shows a value; nobody is told. */
  set(value: number | string): void;
}

/** Places of a slider at the most. */
const MOST_PLACES = 400;
let made = 0;

/** The control; `changed` hears of each value that a visitor sets. */
export function fieldControl(
  field: Field,
  value: number | string,
  changed: (value: number | string) => void,
): FieldControl {
  const id = `field-${made++}`;
  const label = h("label", { for: id, title: field.help }, field.label);
  return field.kind === "choice" ? choice() : field.high > 1e6 ? whole() : slider();

  function choice(): FieldControl {
    const { choices } = field as Extract<Field, { kind: "choice" }>;
    const select = h("select", {
      id,
      onchange: () => changed(choices[select.selectedIndex][0]),
    });
    for (const [, text] of choices) select.append(h("option", {}, text));
    const set = (value: number | string) => {
      select.selectedIndex = choices.findIndex(([it]) => it === value);
    };
    set(value);
    return { element: h("div", { class: "field" }, label, select), set };
  }

  function whole(): FieldControl {
    const { low, high } = field as Extract<Field, { kind: "number" }>;
    const input = h("input", {
      ...{ id, type: "number", min: low, max: high, step: 1, inputmode: "numeric" },
      onchange: () => {
        const given = parseValue(field, input.value);
        if (given !== undefined) changed(value = given);
        input.value = String(value);
      },
    });
    const set = (now: number | string) => input.value = String(value = now);
    set(value);
    return { element: h("div", { class: "field" }, label, input), set };
  }

  function slider(): FieldControl {
    const scale = field as Extract<Field, { kind: "number" }>;
    const places = placesOf(scale);
    const number = h("output", { for: id });
    const input = h("input", {
      ...{ id, type: "range", min: 0, max: places, step: 1 },
      oninput: () => {
        const now = numberAt(scale, input.valueAsNumber / places);
        if (now === value) return; // two places of a scale may be one number
        show(now);
        changed(value = now);
      },
    });
    const show = (now: number) => {
      number.textContent = shown(now);
      input.setAttribute("aria-valuetext", `${field.label} ${shown(now)}`);
      input.style.setProperty("--place", `${placeOf(scale, now) * 100}%`);
    };
    const set = (now: number | string) => {
      input.valueAsNumber = Math.round(placeOf(scale, Number(now)) * places);
      show(Number(value = now));
    };
    set(value);
    return { element: h("div", { class: "field slider" }, label, input, number), set };
  }
}

/** As many as there are values. */
function placesOf({ low, high, log, step = 0.01 }: NumberField): number {
  return log ? MOST_PLACES : Math.min(MOST_PLACES, Math.round((high - low) / step));
}

/** A number in few digits. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** A measured value: two digits at the least, so that it keeps its width while it changes. */
export function measured(value: number): string {
  const short = Number(value.toPrecision(2)), size = Math.abs(short);
  if (!(size >= 1e-3 && size < 10)) return shown(value);
  return short.toFixed(1 - Math.floor(Math.log10(size)));
}
