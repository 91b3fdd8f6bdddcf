// Questions to the server about a run that is on view (app/answers.py), and how any question is asked: what counts as an
// answer, and when one that nobody could answer is asked again. Knows how to ask; not what for.
/** What a question may have: the `signal` of an AbortController, which gives it up. @typedef {{ signal?: AbortSignal }} Asking */
/** An answer that is no problem; what else it holds, its question knows. @typedef {{ problem?: string | null }} Answer */
/** The last line of an answer in parts. @typedef {Answer & { end?: boolean }} Ending */
/** An Error whose message is a sentence; `status` is 0 where nobody answered, `after` the seconds to let pass before it is asked again.
 *  @typedef {Error & { status: number, after: number }} Failure */
import { emit } from "./events.js";
/** @import { Values } from "../types.d.ts" */

const FIRST = 1000, LONGEST = 30000; // ms before what nobody answered is asked again; each time twice as long
const OTHER = 409; // of another version: another replica may be of this one
const PASSING = [0, OTHER, 429, 502, 503, 504]; // nobody there, too much to do, or a proxy that finds nobody behind it
/** This page's version, which the server wrote into it (app/operating/versions.py). */
const version = () => document.getElementById("lab-version")?.getAttribute("content") ?? "";
/** The id of this page, by which the server knows what it no longer waits for. */
const page = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** Addresses of modules that did not come, and how often they did not. @type {Map<string, number>} */
const lost = new Map();
/** What is to be asked again. @type {Set<() => void>} */
const wanted = new Set();
/** Where the program stands, "/" or "/lab/": Dash is told so with the page, whatever the page's own address ends with. */
const place = () => JSON.parse(document.getElementById("_dash-config")?.textContent ?? "{}").requests_pathname_prefix;
let wait = FIRST, timer = 0;
/** @type {() => string | undefined} */
let link = () => undefined;

/** What the server says to a question of this kind about the run of these settings: a promise of the answer, or of an Error whose
 *  message is a sentence.
 *  @template T
 *  @param {string} kind @param {object} about @param {Asking & { values?: Values }} [how] @returns {Promise<T>} */
function ask(kind, about, { values, signal } = {}) {
  return post(`ask/${kind}`, { values, about, link: link() }, { signal });
}

/** The server's answer to some JSON at an address of its own; where that is only a problem, an Error.
 *  @template T
 *  @param {string} address @param {object} body @param {Asking} [how] @returns {Promise<T>} */
async function post(address, body, { signal } = {}) {
  const answer = /** @type {Answer & T} */ (await exchange(address, body, { signal }));
  if (answer.problem) throw failure(answer.problem, 200);
  return answer;
}

/** The parts of what the server says to such a question, as they come (app/streaming.py); leaving the loop gives the rest up. What
 *  ends them too early is a Failure: its message is the server's sentence, or that it does not answer where the stream broke off.
 *  @template T
 *  @param {string} kind @param {object} about @param {Asking & { values?: Values }} [how] @returns {AsyncGenerator<T, void>} */
async function* stream(kind, about, { values, signal } = {}) {
  const { lines } = await module(() => import("./lines.js")).catch(refuse); // nothing is asked for in parts before the first picture
  const response = await send(`ask/${kind}`, { values, about, link: link() }, { signal, ours: isLines });
  /** @type {Ending | null} */
  let last = null;
  try {
    for await (const part of lines(/** @type {ReadableStream} */ (response.body))) {
      const { end, problem } = /** @type {Ending} */ (part);
      if (end || problem) {
        last = { end, problem };
        break;
      }
      yield /** @type {T} */ (part);
    }
  } catch (error) {
    unfinished(error, response);
  }
  if (!last) throw failure("", 0);
  if (last.problem) throw failure(last.problem, 200);
  wait = FIRST;
}

/** @param {Response} response */
const isLines = ({ headers }) => /^application\/x-ndjson\b/.test(headers.get("Content-Type") ?? "");
/** @param {Response} response */
const isJson = ({ headers }) => /^application\/json\b/.test(headers.get("Content-Type") ?? "");

/** The JSON object that comes back, whatever it says; else a Failure.
 *  @param {string} address @param {object} body @param {Asking} [how] @returns {Promise<Answer>} */
async function exchange(address, body, { signal } = {}) {
  const response = await send(address, body, { signal, ours: isJson });
  const answer = await whole(response, () => response.json());
  if (typeof answer !== "object" || answer === null) throw failure("", response.status);
  if (!answer.problem) wait = FIRST;
  return answer;
}

/** What stands at an address for everybody, as JSON; null where nothing does. @param {string} address @param {Asking} [how] */
async function file(address, { signal } = {}) {
  try {
    const response = await fetch(place() + address, { signal });
    return response.ok && isJson(response) ? await response.json() : null;
  } catch (error) {
    if (givenUp(error)) throw error;
    return null;
  }
}

/** The response to some JSON, its body still on its way; `ours` says whether it is the server's own. What a proxy says
 *  instead, a page for people, is no sentence of ours, and is not shown.
 *  @param {string} address @param {object} body
 *  @param {Asking & { ours: (response: Response) => boolean }} how */
async function send(address, body, { signal, ours }) {
  const headers = { "Content-Type": "application/json", "Lab-Version": version() },
    text = JSON.stringify({ page, ...body });
  const response = await fetch(place() + address, { method: "POST", headers, body: text, signal }).catch(refuse);
  const { ok, status } = response;
  if (ok && ours(response)) return response;
  const refusal = !ok && response.headers.has("Lab-Refusal");
  if (refusal && status === OTHER) emit("outdated");
  const after = Number(response.headers.get("Retry-After")) || 0;
  throw failure(refusal ? (await whole(response, () => response.text())).trim() : "", status, after);
}

/** A module that comes later, as `load` imports it. Chrome before 156, Firefox before 154 and Safari keep that one did not come, and never
 *  ask for it again (https://github.com/whatwg/html/pull/10327): from the second time on it has another address, the same for everybody.
 *  Chrome and Firefox end what they say with the address. Where it is not said, or what did not come is what the module itself imports,
 *  the page must be loaded anew.
 *  @template T
 *  @param {() => Promise<T>} load @returns {Promise<T>} */
async function module(load) {
  try {
    return await load();
  } catch (error) {
    const [address] = /\b\w+:\/\/\S+$/.exec(says(error)) ?? [], times = lost.get(address ?? "");
    if (address && times === undefined) setTimeout(() => lost.set(address, 1)); // once for all who have waited for it
    if (!address || times === undefined) throw error;
    const other = `${address}?again=${times}`;
    return await import(other).catch((still) => {
      lost.set(address, times + 1);
      throw still;
    });
  }
}

/** Something of the page did not arrive, or came with `told`: tell if it is because the server is of another version.
 *  @param {string} [told] */
async function compare(told) {
  const { page: files, payload } = (told === undefined && await file("version")) || {};
  const theirs = told ?? (files && `${files}-${payload}`);
  if (theirs && theirs !== version()) emit("outdated");
}

/** The whole body, as `read` reads it; a line that breaks off is no answer.
 *  @template T
 *  @param {Response} response @param {() => Promise<T>} read */
const whole = (response, read) => read().catch((error) => unfinished(error, response));

/** A body that cannot be read is nobody's answer. @param {unknown} error @param {Response} response @returns {never} */
function unfinished(error, response) {
  if (error instanceof SyntaxError) throw failure("", response.status);
  return refuse(error);
}

/** What fetch rejects with is given up, or nobody's answer. @param {unknown} error @returns {never} */
function refuse(error) {
  throw givenUp(error) ? error : failure("", 0);
}

/** What an error says. @param {unknown} error */
const says = (error) => (error instanceof Error ? error.message : String(error));

/** Whether it was given up. @param {unknown} error */
const givenUp = (error) => error instanceof Error && error.name === "AbortError";

/** An Error with the server's own words, or without them with ours. @param {string} words @param {number} status @param {number} [after] @returns {Failure} */
function failure(words, status, after = 0) {
  const silent = status ? `The server does not answer (${status}).` : "The server does not answer.";
  return Object.assign(new Error(words || silent), { status, after });
}

// ---- asked again -----------------------------------------------------------------------------------------------------

/** Whether it may be otherwise in a moment. @param {unknown} error */
const passing = (error) => PASSING.includes(/** @type {Failure} */ (error).status);

/** After such an error do `work` later. @param {unknown} error @param {() => void} work */
function again(error, work) {
  if (passing(error)) later(work, 1000 * /** @type {Failure} */ (error).after);
}

/** Do `work`, once, in 1 s, 2 s, 4 s, ..., in `least` ms at the earliest, or when the browser is on line again.
 *  @param {() => void} work @param {number} [least] */
function later(work, least = 0) {
  wanted.add(work);
  if (timer) return;
  timer = setTimeout(retry, Math.max(wait, Math.min(least, LONGEST)));
  wait = Math.min(2 * wait, LONGEST);
}

/** Now. */
function retry() {
  clearTimeout(timer);
  timer = 0;
  const works = [...wanted];
  wanted.clear();
  for (const work of works) work();
}

addEventListener("online", retry);

export const server = {
  ask,
  stream,
  post,
  exchange,
  file,
  send,
  refuse,
  says,
  givenUp,
  module,
  compare,
  passing,
  again,
  later,
  retry,
  /** Whether there is a server; the page that plays without one never asks. */
  online: false,
  /** The page's link, which holds what it fixes, is told by this function.
   *  @param {() => string | undefined} tell */
  set link(tell) {
    link = tell;
  },
};
