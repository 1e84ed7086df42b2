/** Letters of names that pictures cannot show, and the font that somebody names for them. */
import { UsageError } from "../../src/base/errors.ts";
import { readFile } from "../../src/base/files.ts";
import { lettersWithout, useFallbackFont } from "../../src/figures/mod.ts";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import { drawText } from "../../src/figures/paint/text.ts";

const MOST_BYTES = 2 ** 26, MOST_SHOWN = 12;

/**
 * Takes the letters that our fonts lack from a font file, for all that is drawn from now on.
 *
 * @throws {UsageError} When it is no font.
 * @throws {RunError} When it cannot be read.
 */
export async function takeLettersFrom(path: string): Promise<void> {
  const bytes = await readFile(path, MOST_BYTES);
  try {
    useFallbackFont(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`--font ${path} cannot be used: ${error.message}`);
  }
}

/**
 * Draws names once, as a damaged font says so only where a letter of it is drawn.
 *
 * @throws {UsageError} When one cannot be drawn.
 */
export function tryLetters(path: string, names: readonly string[]): void {
  for (const text of names.flatMap((name) => [...name.normalize("NFC"), name])) {
    try {
      drawText(newFrame(1, 1), text, 0, 0);
    } catch (error) {
      const { message } = error as Error;
      throw new UsageError(`--font ${path} cannot be used: it is damaged at ${text} (${message})`);
    }
  }
}

/** A line that names what pictures cannot show; undefined where they show all. */
export function lettersNote(names: readonly string[]): string | undefined {
  const lacking = lettersWithout(names.join(""));
  if (lacking.length === 0) return undefined;
  const more = lacking.length > MOST_SHOWN ? ` and ${lacking.length - MOST_SHOWN} more` : "";
  return `Pictures have no letters for ${
    lacking.slice(0, MOST_SHOWN).join(" ")
  }${more} and show \uFFFD instead: ` +
    "name a font that has them with --font FILE";
}
