/** Patterns of names, as shells have them. */

/** A pattern with `*` for any letters and `?` for one, as an expression over a whole name. */
export function globOf(pattern: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
