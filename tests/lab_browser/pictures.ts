/** Pictures of the page's states, for the README and docs/lab.md: one training, seen in several ways. */
import type { Browser } from "npm:playwright-core@1.65.1";
import { Visit } from "./visitor.ts";

/** Steps after which classes can be seen, and those after which the rate is lowered. */
const SEEN = 640, FINE = 540;

/** Takes them. */
export async function takePictures(browser: Browser, url: string): Promise<void> {
  const folder = new URL("../../docs/lab/", import.meta.url).pathname;
  await Deno.mkdir(folder, { recursive: true });
  const visit = await Visit.open(browser, `${url}#side=14&map=cross-entropy&map=center,weight:0.3`),
    { page } = visit;
  const picture = async (name: string) => {
    await page.waitForTimeout(8000); // frames of a software adapter take their time
    await page.screenshot({ path: `${folder}${name}.png` });
  };
  await visit.until("many steps", ({ maps }) => maps[0].step >= FINE, 3000);
  await visit.slide("rate", 0.5);
  await visit.until("some more", ({ maps }) => maps[0].step >= SEEN, 3000);
  await page.click("#play");
  await page.getByRole("button", { name: "Close" }).click();
  await page.setViewportSize({ width: 1280, height: 1010 });
  await picture("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.mouse.move(700, 500);
  await picture("dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await picture("narrow");
  await visit.close();
}
