/**
 * A hand-written WGSL kernel: its text, and what the text itself says about its bindings and its struct of shapes.
 *
 * Ops name buffers and shape fields as the kernel does, so both sides of a dispatch read alike, and a name that is
 * missing or misspelt is refused before anything reaches the GPU.
 */
import type { Dialect } from "./wgsl/dialect.ts";
import { sharedLines } from "./wgsl/shared.ts";
import { opaqueParams } from "./wgsl/opaque_params.ts";
import type { TexelLayout } from "./wgsl/texels.ts";
import {
  markedArray,
  texturesOf,
  type TextureUse,
  throughTextures,
} from "./wgsl/texture_access.ts";
import { type SourceLine, unroll } from "./wgsl/unroll.ts";

/** Tile sizes and switches that stand in front of the kernel's text as `const`; a string names a type, as `alias`. */
export type Constants = Record<string, number | boolean | string>;

/** Values of the fields of a kernel's `Params` struct. */
export type Params = Record<string, number | readonly number[]>;

/** One `var<...>` of a kernel. */
export interface Binding {
  index: number;
  name: string;
  kind: "uniform" | "read-only-storage" | "storage";
  /** How it lies in a texture, where it is one. */
  texels?: TexelLayout;
  /** What is done with that texture. */
  access?: "read" | "write";
}

interface Field {
  name: string;
  scalar: "u32" | "i32" | "f32";
  offset: number;
  count: number;
}

const BINDING = /@group\(0\)\s*@binding\((\d+)\)\s*var<(\w+)(?:,\s*(\w+))?>\s*(\w+)/;
const SUBGROUPS = /\bsubgroup[A-Z]\w*\(/;
const FIELD = /(\w+)\s*:\s*(array<vec4<(\w+)>,\s*(\d+)>|vec4<(\w+)>|u32|i32|f32)\s*,/g;

/** A WGSL kernel, as loaded from `kernels/<name>.wgsl`. */
export class Kernel {
  readonly name: string;
  readonly text: string;
  readonly paramBytes: number;
  readonly #bindings: { declared: string; binding: Binding }[];
  readonly #fields: Field[];

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.#bindings = text.split("\n").flatMap((declared) => {
      const [, index, space, access, name] = BINDING.exec(declared) ?? [];
      if (!index) return [];
      const kind = space === "uniform"
        ? "uniform"
        : access === "read"
        ? "read-only-storage"
        : "storage";
      return [{ declared, binding: { index: Number(index), name, kind } }];
    });
    this.#fields = parseFields(text);
    const last = this.#fields.at(-1);
    this.paramBytes = last ? Math.ceil((last.offset + 4 * last.count) / 16) * 16 : 0;
  }

  /**
   * What the kernel binds, in the order of the file; where `use` says so, its marked arrays' textures, at most
   * `mostTextures` of them.
   */
  bindings(
    constants: Constants = {},
    use: TextureUse = "none",
    mostTextures = Infinity,
  ): Binding[] {
    if (use === "none") return this.#bindings.map(({ binding }) => binding);
    const arrays = this.#bindings.map(({ declared }) => markedArray(declared, constants));
    const textures = texturesOf(arrays.filter((it) => it !== undefined), use, mostTextures);
    return this.#bindings.flatMap(({ binding }, i): Binding[] => {
      const marked = arrays[i];
      if (!marked || !textures.includes(marked)) return [binding];
      const { index, layout: texels, access } = marked;
      const texture = {
        ...binding,
        index,
        texels,
        access: access === "write" ? access : "read",
      } as const;
      return access === "before" ? [binding, texture] : [texture];
    });
  }

  /**
   * Refuses constants that would compile to nothing: an op that looked a name up in vain.
   *
   * @throws {TypeError} For one that is no whole number from 0, no switch and no type.
   */
  checkConstants(constants: Constants): void {
    for (const [name, value] of Object.entries(constants)) {
      const whole = Number.isInteger(value) && Number(value) >= 0;
      if (whole || typeof value === "boolean" || typeof value === "string") continue;
      throw new TypeError(
        `${this.name}: the constant ${name} is ${value}; it must be a whole number from 0, a boolean or a type's name`,
      );
    }
  }

  /**
   * The text that is compiled: constants on a first line of their own, then the file and the shared files that it asks for,
   * with their marked loops unrolled and, where `use` says so, its marked arrays as textures, in the dialect of the device.
   */
  compiledLines(
    constants: Constants,
    use: TextureUse = "none",
    { enableSubgroups = false, opaque = false, mostTextures }: Dialect = {},
  ): SourceLine[] {
    const head = Object.entries(constants).map(([name, value]) =>
      typeof value === "string"
        ? `alias ${name} = ${value};`
        : typeof value === "boolean"
        ? `const ${name}: bool = ${value};`
        : `const ${name}: u32 = ${value}u;`
    ).join(" ");
    const element = typeof constants.Element === "string" ? constants.Element : undefined;
    const unrolled = [
      ...unroll(this.text, constants),
      ...sharedLines(this.text, element, constants),
    ];
    const lines = use === "none"
      ? unrolled
      : throughTextures(unrolled, use, constants, mostTextures);
    const fields = this.#fields.filter(({ scalar, count }) => scalar === "u32" && count === 1);
    const names = fields.map(({ name }) => name);
    const enabled = enableSubgroups && SUBGROUPS.test(this.text);
    return [
      ...(enabled ? [{ text: "enable subgroups;", line: 0 }] : []),
      { text: head, line: 0 },
      ...(opaque ? opaqueParams(lines, names) : lines),
    ];
  }

  /**
   * Lays out the kernel's `Params` as its bytes.
   *
   * @throws {TypeError} When a field is missing, unknown, or of another length.
   */
  packParams(params: Params): Uint32Array {
    const words = new Uint32Array(this.paramBytes / 4);
    const view = new DataView(words.buffer);
    for (const field of this.#fields) {
      const given = params[field.name];
      if (given === undefined) {
        throw new TypeError(`${this.name}: no value for params.${field.name}`);
      }
      const values = typeof given === "number" ? [given] : given;
      if (values.length > field.count) {
        throw new TypeError(`${this.name}: ${values.length} values for params.${field.name}`);
      }
      values.forEach((value, i) => {
        const at = field.offset + 4 * i;
        if (field.scalar === "f32") view.setFloat32(at, value, true);
        else view.setUint32(at, value >>> 0, true);
      });
    }
    for (const name of Object.keys(params)) {
      if (!this.#fields.some((f) => f.name === name)) {
        throw new TypeError(`${this.name}: params.${name} is not in the kernel`);
      }
    }
    return words;
  }
}

function parseFields(text: string): Field[] {
  const struct = /struct Params \{([^}]*)\}/.exec(text);
  if (!struct) return [];
  const body = struct[1].replace(/\/\/.*/g, "");
  let offset = 0;
  return [...`${body},`.matchAll(FIELD)].map(([, name, type, inArray, length, inVector]) => {
    const scalar = (inArray ?? inVector ?? type) as Field["scalar"];
    const count = inArray ? 4 * Number(length) : inVector ? 4 : 1;
    if (count > 1) offset = Math.ceil(offset / 16) * 16;
    const field = { name, scalar, offset, count };
    offset += 4 * count;
    return field;
  });
}
