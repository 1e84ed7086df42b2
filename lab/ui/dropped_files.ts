/// <reference lib="dom" />
/** All files of what was dropped, those in folders too, with their paths. */

/** Reads them. */
export async function droppedFiles({ items }: DataTransfer): Promise<File[]> {
  // All at once: items are gone with the event.
  const given = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found: File[] = [];
  for (const it of given) {
    if (it instanceof File) found.push(it);
    else if (it) await collect(it, found);
  }
  return found;
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject)
    );
    // Only inputs set this path.
    Object.defineProperty(file, "webkitRelativePath", { value: entry.fullPath.slice(1) });
    found.push(file);
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
