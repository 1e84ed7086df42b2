/**
 * What the discs of centers say: the first two letters of each class, and where some begin alike, what follows their common
 * beginning, as "1" and "12" of "class-1" and "class-12".
 */
export function discNames(names: readonly string[]): string[] {
  const letters = names.map((name) => [...name]);
  const short = letters.map((own) => own.slice(0, 2).join(""));
  const found = [...short];
  for (const alike of Map.groupBy(names.keys(), (k) => short[k]).values()) {
    if (new Set(alike.map((k) => names[k])).size < 2) continue;
    const [first] = alike;
    const end = letters[first].findIndex((letter, i) =>
      alike.some((k) => letters[k][i] !== letter)
    );
    const shared = end < 0 ? letters[first].length : end;
    const rests = discNames(alike.map((k) => letters[k].slice(shared).join("")));
    alike.forEach((k, i) => found[k] = rests[i] || short[k]);
  }
  return found;
}
