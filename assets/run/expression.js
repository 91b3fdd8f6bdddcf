// Expressions: a formula's tree, as components/formulas/expressions.py writes it, made into a function. No text is ever run.
/** @import { Compiled, Tree } from "../types.d.ts" */

/** @type {Record<string, (u: number) => number>} */
const FUNCTIONS = {
  neg: (u) => -u,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sigmoid: (u) => Math.exp(Math.min(u, 0)) / (1 + Math.exp(-Math.abs(u))),
  softplus: (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))),
};
/** @type {Record<string, (f: Compiled, g: Compiled) => Compiled>} */
const OPERATORS = {
  "+": (f, g) => (params, x) => f(params, x) + g(params, x),
  "-": (f, g) => (params, x) => f(params, x) - g(params, x),
  "*": (f, g) => (params, x) => f(params, x) * g(params, x),
  "/": (f, g) => (params, x) => f(params, x) / g(params, x),
  "^": (f, g) => (params, x) => power(f(params, x), g(params, x)),
};

/** u to any power, as numpy has it: 1 to any power is 1, and so is -1 to an infinite one. @param {number} u @param {number} v */
function power(u, v) {
  if (u === 1 || (u === -1 && Math.abs(v) === Infinity)) return 1;
  return v === 2 ? u * u : v === 0.5 ? Math.sqrt(u) : v === -1 ? 1 / u : u ** v;
}

/** u to a whole number, by multiplication alone and in numpy's order: see _whole_power in components/formulas/expressions.py.
 *  @param {number} u @param {number} exponent */
function wholePower(u, exponent) {
  let result = 1;
  for (let rest = Math.abs(exponent); rest; rest = Math.floor(rest / 2), u *= u) if (rest % 2) result *= u;
  return exponent > 0 ? result : 1 / result;
}

/** The whole number that a tree is, else 0. @param {Tree | undefined} tree @returns {number} */
function whole(tree) {
  if (Array.isArray(tree) && tree[0] === "neg") return -whole(tree[1]);
  return typeof tree === "number" && Number.isInteger(tree) ? tree : 0;
}

/** The tree's function (params, x) => number; `params` is an array in the order of the parameters.
 *  @param {Tree} tree @returns {Compiled} */
function compile(tree) {
  if (typeof tree === "number") return () => tree;
  if (!Array.isArray(tree)) {
    const { p } = tree;
    return p === undefined ? (_, x = NaN) => x : (params) => params[p];
  }
  const [name, of, and] = tree, f = compile(of), exponent = name === "^" ? whole(and) : 0;
  if (exponent) return (params, x) => wholePower(f(params, x), exponent);
  if (and !== undefined && Object.hasOwn(OPERATORS, name)) return OPERATORS[name](f, compile(and));
  if (!Object.hasOwn(FUNCTIONS, name)) throw new Error(`An expression has no ${name}`);
  const apply = FUNCTIONS[name];
  return (params, x) => apply(f(params, x));
}

export const expression = { compile };
