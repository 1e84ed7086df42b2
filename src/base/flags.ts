/** Arguments as `parseArgs` takes them for what they are. */

/** `--out ""` as `--out=`: an empty value is the flag's, not a word of its own. */
export function joinEmpty(args: readonly string[], strings: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const flag = joined.at(-1)?.replace(/^--/, "") ?? "";
    if (arg === "" && joined.at(-1) === `--${flag}` && strings.includes(flag)) {
      joined.push(`${joined.pop()}=`);
    } else joined.push(arg);
  }
  return joined;
}
