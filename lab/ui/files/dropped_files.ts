/// <reference lib="dom" />
/** All files of what was dropped or chosen, those in folders too, with their paths. */
import type { GivenFile } from "../../messages.ts";

/** Those of an input. */
export function chosenFiles({ files }: HTMLInputElement): GivenFile[] {
  return [...files ?? []].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** Reads what was dropped. */
export async function droppedFiles({ items }: DataTransfer): Promise<GivenFile[]> {
  // All at once: items are gone with the event.
  const given = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found: GivenFile[] = [];
  for (const it of given) {
    if (it instanceof File) found.push({ file: it, path: it.name });
    else if (it) await collect(it, found);
  }
  return found;
}

async function collect(entry: FileSystemEntry, found: GivenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject)
    );
    found.push({ file, path: entry.fullPath.slice(1) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    );
    if (some.length === 0) return;
    for (const it of some) await collect(it, found);
  }
}
