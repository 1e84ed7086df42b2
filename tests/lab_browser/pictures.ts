/** Pictures of the page's states, for the README and docs/lab.md. */
import type { Browser } from "npm:playwright-core@1.65.1";
import { Visit } from "./visitor.ts";

/** Takes them. */
export async function takePictures(browser: Browser, url: string): Promise<void> {
  await Deno.mkdir("docs/lab", { recursive: true });
  const visit = await Visit.open(browser, `${url}#images=500&map=center`);
  await visit.until("steps", ({ maps }) => maps[0].step >= 10, 300);
  await visit.page.screenshot({ path: "docs/lab/lab.png" });
  await visit.close();
}
