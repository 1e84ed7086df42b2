import { chromium } from "npm:playwright-core@1.65.1";
const js = await Deno.readTextFile("/tmp/page.js");
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (r) => {
  const p = new URL(r.url).pathname;
  return p === "/page.js" ? new Response(js, { headers: { "content-type": "text/javascript; charset=utf-8" } }) : new Response("<!doctype html><meta charset=utf-8><script type=module src=/page.js></script>", { headers: { "content-type": "text/html" } });
});
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"] });
const page = await b.newPage();
page.on("console", (m: any) => console.log("console", m.type(), m.text().slice(0, 2000)));
page.on("pageerror", (e: any) => console.log("pageerror", e));
await page.goto(`http://127.0.0.1:${server.addr.port}/`);
console.log(await page.evaluate(Deno.args[0] ? await Deno.readTextFile(Deno.args[0]) : "tests.length"));
await b.close();
await server.shutdown();
