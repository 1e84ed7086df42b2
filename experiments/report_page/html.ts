/** HTML as text in which nothing from outside is markup. */
import { escape } from "npm:html-escaper@3.0.3";
import { printable } from "../../src/base/printable.ts";

/** Text that is HTML already. */
export class Html {
  readonly text: string;

  /** @param text Markup: what is in it from outside has been escaped. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text, which is escaped; HTML, which is not; lists of both; nothing. */
export type Part = string | number | Html | undefined | false | readonly Part[];

/**
 * HTML of a template, in which every value is escaped, but one that is HTML itself. Control characters in values become
 * visible.
 *
 * @example
 * ```ts
 * import { markup } from "./html.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(markup`<b title="${'"'}">${"<i>"}${[markup`<br>`]}</b>`.text, '<b title="&quot;">&lt;i&gt;<br></b>');
 * ```
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(
    strings.map((it, i) => it + (i < values.length ? textOf(values[i]) : "")).join(""),
  );
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join("");
  return escape(String(part).split("\n").map(printable).join("\n"));
}

/** A value as JSON that a script element can hold: no end of the element is in it. */
export function jsonIn(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/</g, "\\u003c").replace(/[\u2028\u2029]/g, " "));
}
