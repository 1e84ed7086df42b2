/// <reference lib="dom" />
const c: HTMLCanvasElement = document.createElement("canvas");
console.log(c.transferControlToOffscreen());
