import { assertEquals } from "@std/assert";
import { jsonIn, markup } from "../../../experiments/report_page/html.ts";

Deno.test("markup() escapes values, in text and in attributes, and shows control characters", () => {
  const hostile = `</script><img src=x onerror="alert('1')">&amp;\u202e`;
  assertEquals(
    markup`<a title="${hostile}">${hostile}</a>`.text,
    `<a title="&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;\\u202e">` +
      "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;\\u202e</a>",
  );
});

Deno.test("markup() joins lists, leaves nothing out of nothing, and keeps ends of lines", () => {
  assertEquals(
    markup`${[1, "<", markup`<b>`]}${undefined}${false}${"a\nb\tc"}`.text,
    "1&lt;<b>a\nb\\tc",
  );
});

Deno.test("jsonIn() writes JSON in which no element ends", () => {
  const { text } = jsonIn({ name: "</script><!--\u2028" });
  assertEquals(text.includes("<"), false);
  assertEquals(JSON.parse(text), { name: "</script><!-- " });
});
