const tests: {name:string, fn:()=>unknown}[] = [];
(globalThis as any).tests = tests;
const test = (a: any, b?: any) => { tests.push(typeof a === "string" ? {name:a, fn:b} : typeof a==="function" ? {name:a.name, fn:a}: {name:a.name, fn:a.fn}); };
test.beforeAll = () => {}; test.afterAll = () => {};
(globalThis as any).Deno ??= { test, build: { os: "linux" } };
