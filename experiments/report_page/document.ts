/** A page in one file: its head, its style, its script, and what it may do. */
import { sha256 } from "../../src/base/sha256.ts";
import { Html, jsonIn, markup } from "./html.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page/assets.ts";

/** A page. */
export interface Page {
  /** Of the window, and of a link to it. */
  title: string;
  /** What is in its body. */
  body: Html;
  /** What its script reads; without it the page has no script. */
  data?: unknown;
}

/**
 * The text of a page. It fetches nothing: styles and the script are in it, and a policy lets the browser run that script, by
 * its digest, and no other.
 */
export async function documentOf({ title, body, data }: Page): Promise<string> {
  const style = `'sha256-${await digest(PAGE_STYLE)}'`;
  const script = data === undefined ? "'none'" : `'sha256-${await digest(PAGE_SCRIPT)}'`;
  const policy =
    `default-src 'none'; script-src ${script}; style-src ${style}; img-src data: 'self'; base-uri 'none'; form-action 'none'`;
  const scripts = data === undefined ? "" : markup`
<script type="application/json" id="data">${jsonIn(data)}</script>
<script>${new Html(PAGE_SCRIPT)}</script>`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="centerlab">
<title>${title}</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
${body}${scripts}
</body>
</html>
`.text;
}

/** SHA-256 as a policy names it, in Base64. */
async function digest(text: string): Promise<string> {
  const hex = await sha256(text);
  return btoa(hex.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))));
}
