/** Pictures of a run's folder, as a page shows them. */
import { readIfThere } from "../../src/base/files.ts";
import { imageAddress } from "./base64.ts";

/** The address of a picture by its path; undefined where it is not there. */
export type AddressOf = (path: string) => Promise<string | undefined>;

/** Within the page: it then is one file. */
export const embedded: AddressOf = async (path) => {
  const bytes = await readIfThere(path);
  return bytes && imageAddress(bytes, path.endsWith(".gif") ? "gif" : "png");
};
