import { assertEquals, assertMatch, assertStrictEquals } from "@std/assert";
import { join } from "node:path";
import { currentCommit } from "../../../experiments/plan/commit.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { diskTest } from "../../on_disk.ts";

const [ONE, TWO] = ["1".repeat(40), "2".repeat(40)];
const PACKED = `# pack-refs with: peeled fully-peeled sorted
${TWO} refs/heads/other/main
${ONE} refs/heads/main
${TWO} refs/tags/v1
^${ONE}
`;
const MAIN = "ref: refs/heads/main\n", NEW = "ref: refs/heads/new\n";

/** Files of `.git` by their names; the checkout has a name that a URL would have to escape. */
const checkouts: [what: string, git: Record<string, string>, expected: string][] = [
  ["reads a branch's own file first", {
    "HEAD": MAIN,
    "refs/heads/main": `${TWO}\n`,
    "packed-refs": PACKED,
  }, TWO],
  ["finds a branch among the packed ones", { "HEAD": MAIN, "packed-refs": PACKED }, ONE],
  ["reads a detached HEAD", { "HEAD": `${TWO}\n` }, TWO],
  ["says unknown for a branch without a commit", { "HEAD": NEW }, "unknown"],
  [
    "says unknown for a branch that is not packed",
    { "HEAD": NEW, "packed-refs": PACKED },
    "unknown",
  ],
  ["says unknown outside of git", {}, "unknown"],
];
for (const [what, git, expected] of checkouts) {
  diskTest(`currentCommit() ${what}`, async (directory) => {
    const root = join(directory, "a #1 checkout");
    for (const [name, text] of Object.entries(git)) {
      await writeWhole(join(root, ".git", name), text);
    }
    assertEquals(await currentCommit(root), expected);
  });
}

for (const how of ["absolute", "relative"]) {
  diskTest(`currentCommit() follows the file of a worktree, ${how}`, async (directory) => {
    const main = join(how === "absolute" ? directory : "..", "main", ".git", "worktrees", "tree");
    const files = {
      "tree/.git": `gitdir: ${main}\n`,
      "main/.git/HEAD": MAIN,
      "main/.git/refs/heads/main": ONE,
      "main/.git/refs/heads/side": TWO,
      "main/.git/worktrees/tree/HEAD": "ref: refs/heads/side\n",
      "main/.git/worktrees/tree/commondir": "../..\n",
    };
    for (const [path, text] of Object.entries(files)) await writeWhole(join(directory, path), text);
    assertEquals(await currentCommit(join(directory, "tree")), TWO);
  });
}

diskTest("currentCommit() without a folder is about this checkout", async () => {
  assertMatch(await currentCommit(), /^([0-9a-f]{40}|unknown)$/);
  assertStrictEquals(currentCommit(), currentCommit(), "it is read once");
});
