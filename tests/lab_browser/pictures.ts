/** Pictures of the page's states, for the README and docs/lab.md: one training, seen in several ways; and a sphere. */
import { fileURLToPath } from "node:url";
import type { Browser } from "npm:playwright-core@1.65.1";
import { Film } from "./film.ts";
import { Visit } from "./visitor.ts";

/** Steps after which the film has a picture; from one of them on the rate is lower. */
const FILMED = [8, 24, 48, 80, 112, 144, 176, 208, 248, 288, 336, 384, 432, 480, 540, 580, 640];
const FINE = 540;
/** Steps after which losses on angles can be seen. */
const ON_A_SPHERE = 480;

/** Takes them. */
export async function takePictures(browser: Browser, url: string): Promise<void> {
  const folder = fileURLToPath(new URL("../../docs/lab/", import.meta.url));
  await Deno.mkdir(folder, { recursive: true });
  const visit = await Visit.open(browser, `${url}#side=14&map=cross-entropy&map=center,weight:0.3`);
  const { page } = visit, film = new Film(page, 606);
  const picture = async (of: Visit, name: string) => {
    await of.page.waitForTimeout(8000); // frames of a software adapter take their time
    await of.page.screenshot({ path: `${folder}${name}.png` });
  };
  await page.setViewportSize({ width: 900, height: 800 });
  await visit.until("a step", ({ maps }) => maps[0].step > 0, 300);
  await page.getByRole("button", { name: "Close" }).click();
  for (const step of FILMED) {
    await visit.until(`step ${step}`, ({ maps }) => maps[0].step >= step, 3000);
    await film.take();
    if (step === FINE) await visit.slide("rate", 0.5);
  }
  await Deno.writeFile(`${folder}lab.gif`, film.bytes());
  await page.click("#play");
  await page.setViewportSize({ width: 1280, height: 1010 });
  await picture(visit, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.mouse.move(700, 500);
  await picture(visit, "dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(visit, "narrow");
  await visit.close();
  await sphere(browser, url, picture);
}

/** Two losses on angles. */
async function sphere(
  browser: Browser,
  url: string,
  picture: (of: Visit, name: string) => Promise<void>,
): Promise<void> {
  const visit = await Visit.open(
    browser,
    `${url}#side=14&features=3&map=cross-entropy&map=arcface`,
  );
  await visit.until("many steps", ({ maps }) => maps[0].step >= ON_A_SPHERE, 3000);
  await visit.page.click("#play");
  await visit.page.getByRole("button", { name: "Close" }).click();
  await visit.page.setViewportSize({ width: 1280, height: 760 });
  await picture(visit, "sphere");
  await visit.close();
}
