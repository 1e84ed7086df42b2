/// <reference lib="dom" />
/** Images that the page's own server has, where it was given a folder. */
import type { GivenFile } from "../../messages.ts";

/** Their names. */
export async function servedFiles(): Promise<string[]> {
  const answer = await served("index.json");
  return answer.ok ? await answer.json() as string[] : [];
}

/** One of them. */
export async function servedFile(name: string): Promise<GivenFile> {
  const answer = await served(name);
  if (!answer.ok) throw new Error(`The server does not give ${name}: it says ${answer.status}`);
  return { file: new File([await answer.blob()], name), path: name };
}

async function served(name: string): Promise<Response> {
  try {
    return await fetch(`data/${name}`);
  } catch {
    throw new Error("The server of this page does not answer: start it again, and try once more");
  }
}
