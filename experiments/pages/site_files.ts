/** The files of a site: pages, and pictures beside them, by their paths in it. */
import { join } from "node:path/posix";
import { readIfThere } from "../../src/base/files.ts";
import { relative, withSlashes } from "../../src/base/path.ts";
import type { AddressOf } from "../report_page/pictures.ts";
import { addressOf } from "./addresses.ts";

/** Collects what a site is made of; nothing is written here. */
export class SiteFiles {
  readonly #files = new Map<string, Uint8Array | string>();
  readonly #root: string;

  /** @param root The folder of results: a picture keeps its place in it, below `pictures/`. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Adds a page. */
  add(path: string, page: string): void {
    this.#files.set(path, page);
  }

  /** Addresses of pictures as they are seen from a page. */
  addressesFrom(page: string): AddressOf {
    return async (source) => {
      const path = join("pictures", withSlashes(relative(this.#root, source)));
      if (!this.#files.has(path)) {
        const bytes = await readIfThere(source);
        if (!bytes) return undefined;
        this.#files.set(path, bytes);
      }
      return addressOf(page, path);
    };
  }

  /** All files below a folder. */
  in(folder: string): ReadonlyMap<string, Uint8Array | string> {
    return new Map([...this.#files].map(([path, content]) => [join(folder, path), content]));
  }
}
