/** Settings in the address of the page: a link repeats a run. */
import { parseValue } from "./field.ts";
import { LOSSES, type LossKind, mapOf, type MapSettings } from "./losses.ts";
import {
  type ControlName,
  CONTROLS,
  defaultSettings,
  MOST_MAPS,
  type Settings,
} from "./settings.ts";

/** The part of an address behind `#`: what differs from the defaults, and all maps. */
export function toAddress({ shared, maps }: Settings): string {
  const parts: [string, string][] = [];
  for (const [name, field] of Object.entries(CONTROLS)) {
    const value = shared[name as ControlName];
    if (value !== field.default) parts.push([name, String(value)]);
  }
  for (const map of maps) parts.push(["map", mapText(map)]);
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

/** A map as one text: `center,weight:0.1,rule:paper`; settings at their defaults are left out. */
function mapText({ kind, values }: MapSettings): string {
  const fields = LOSSES[kind].fields;
  const changed = Object.entries(values).filter(([name, value]) => fields[name]?.default !== value);
  return [kind, ...changed.map(([name, value]) => `${name}:${value}`)].join(",");
}

/** What an address says, and what of it cannot be: those places have their defaults. */
export function fromAddress(hash: string): { settings: Settings; wrong: string[] } {
  const settings = defaultSettings(), wrong: string[] = [], maps: MapSettings[] = [];
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = at < 0 ? part : part.slice(0, at),
      text = decoded(at < 0 ? "" : part.slice(at + 1));
    if (name === "map") {
      const map = mapFrom(text, wrong);
      if (map && maps.length < MOST_MAPS) maps.push(map);
      else if (map) wrong.push(`map=${text} (there can be ${MOST_MAPS} maps)`);
      continue;
    }
    const field = CONTROLS[name as ControlName];
    const value = field && parseValue(field, text);
    if (value === undefined) wrong.push(`${name}=${text}`);
    else settings.shared[name as ControlName] = value;
  }
  if (maps.length > 0) settings.maps = maps;
  return { settings, wrong };
}

/** What a page opens with, and what it says where it cannot follow the address in everything. */
export function openAddress(hash: string, hasOwn: boolean): { settings: Settings; words: string } {
  const { settings, wrong } = fromAddress(hash), words: string[] = [];
  if (wrong.length > 0) {
    words.push(
      `The page cannot use these parts of the address, and takes defaults: ${wrong.join("; ")}.`,
    );
  }
  if (settings.shared.data === "own" && !hasOwn) {
    settings.shared.data = "digits";
    words.push("The address is that of a run on dropped files: drop them again to repeat it.");
  }
  return { settings, words: words.join(" ") };
}

function mapFrom(text: string, wrong: string[]): MapSettings | undefined {
  const [kind, ...rest] = text.split(",");
  if (!Object.hasOwn(LOSSES, kind)) return void wrong.push(`map=${text}`);
  const map = mapOf(kind as LossKind);
  for (const part of rest) {
    const [name, value] = part.split(":"), field = LOSSES[map.kind].fields[name];
    const parsed = field && parseValue(field, value ?? "");
    if (parsed === undefined) wrong.push(`${kind}: ${part}`);
    else map.values[name] = parsed;
  }
  return map;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
