// What a module finds of the page as it is imported, where there is none: import this before the module.
globalThis.window ??= globalThis;
globalThis.matchMedia ??= () => ({ matches: false, addEventListener() {} });
globalThis.document ??= { documentElement: { dataset: {}, setAttribute() {} }, addEventListener() {} };
globalThis.location ??= { search: "" };
globalThis.addEventListener ??= () => {};
