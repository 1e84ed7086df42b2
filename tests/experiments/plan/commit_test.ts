import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { currentCommit } from "../../../experiments/plan/commit.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { diskTest } from "../../data/temp_directory.ts";

const [ONE, TWO] = ["1".repeat(40), "2".repeat(40)];
const PACKED = `# pack-refs with: peeled fully-peeled sorted
${TWO} refs/heads/other/main
${ONE} refs/heads/main
${TWO} refs/tags/v1
^${ONE}
`;

/** Files by path; the folder may have a name that a URL would have to escape. */
function gitTest(
  what: string,
  files: (root: string) => Record<string, string>,
  expected: string,
  root = "a #1 checkout",
) {
  diskTest(`currentCommit() ${what}`, async (directory) => {
    const at = join(directory, root);
    for (const [path, text] of Object.entries(files(at))) {
      await writeWhole(join(directory, path), text);
    }
    assertEquals(await currentCommit(at), expected);
  });
}

const git = (files: Record<string, string>) => () =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [join("a #1 checkout", ".git", path), text]),
  );

gitTest(
  "reads a branch's own file first",
  git({ HEAD: "ref: refs/heads/main\n", "refs/heads/main": `${TWO}\n`, "packed-refs": PACKED }),
  TWO,
);
gitTest(
  "finds a branch among the packed ones",
  git({ HEAD: "ref: refs/heads/main\n", "packed-refs": PACKED }),
  ONE,
);
gitTest("reads a detached HEAD", git({ HEAD: `${TWO}\n` }), TWO);
gitTest(
  "says unknown for a branch without a commit",
  git({ HEAD: "ref: refs/heads/new\n" }),
  "unknown",
);
gitTest(
  "says unknown for a branch that is not packed",
  git({ HEAD: "ref: refs/heads/new\n", "packed-refs": PACKED }),
  "unknown",
);
gitTest("says unknown outside of git", () => ({}), "unknown");
for (const [how, pointer] of [["absolute", (d: string) => d], ["relative", () => ".."]] as const) {
  gitTest(
    `follows the file of a worktree, ${how}`,
    (root) => ({
      "tree/.git": `gitdir: ${
        join(pointer(join(root, "..")), "main", ".git", "worktrees", "tree")
      }\n`,
      "main/.git/HEAD": "ref: refs/heads/main\n",
      "main/.git/refs/heads/main": ONE,
      "main/.git/refs/heads/side": TWO,
      "main/.git/worktrees/tree/HEAD": "ref: refs/heads/side\n",
      "main/.git/worktrees/tree/commondir": "../..\n",
    }),
    TWO,
    "tree",
  );
}

diskTest("currentCommit() without a folder is about this checkout", async () => {
  assertMatch(await currentCommit(), /^([0-9a-f]{40}|unknown)$/);
});
