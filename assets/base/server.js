// Inquiries: questions to the server about a run that is on view (app/answers.py), and how any question is asked: what
// counts as an answer, and when one that nobody could answer is asked again. Knows how to ask; not what for.
const FIRST = 1000, LONGEST = 30000; // ms before what nobody answered is asked again; each time twice as long
const PASSING = [0, 502, 503, 504]; // nobody there, or a proxy that finds nobody behind it
/** The id of this page, by which the server knows what it no longer waits for. */
const page = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const wanted = new Set(); // what is to be asked again
let wait = FIRST, timer = 0, link = () => null;

/** What the server says to a question of this kind about the run of these settings: a promise of the answer, or of an Error whose
 *  message is a sentence. `signal` is an AbortController's, which gives it up. */
function ask(kind, about, { values, signal } = {}) {
  return post(`ask/${kind}`, { values, about, link: link() }, { signal });
}

/** The server's answer to some JSON at an address of its own; where that is only a problem, an Error. */
async function post(address, body, { signal } = {}) {
  const answer = await exchange(address, body, { signal });
  if (answer.problem) throw failure(answer.problem, 200);
  return answer;
}

const isJson = ({ headers }) => /^application\/json\b/.test(headers.get("Content-Type"));

/** The JSON object that comes back, whatever it says. An Error has the `status`, 0 where nobody answered. */
async function exchange(address, body, { signal } = {}) {
  const response = await send(address, body, { signal, ours: isJson });
  const answer = await whole(response, "json");
  if (typeof answer !== "object" || answer === null) throw failure("", response.status);
  if (!answer.problem) wait = FIRST;
  return answer;
}

/** The response to some JSON, its body still on its way; `ours` says whether it is the server's own. What a proxy says
 *  instead, a page for people, is no sentence of ours, and is not shown. */
async function send(address, body, { signal, ours }) {
  const headers = { "Content-Type": "application/json" }, text = JSON.stringify({ page, ...body });
  const response = await fetch(address, { method: "POST", headers, body: text, signal }).catch(refuse);
  const { ok, status } = response;
  if (ok && ours(response)) return response;
  const refusal = !ok && response.headers.has("Lab-Refusal");
  throw failure(refusal ? (await whole(response, "text")).trim() : "", status);
}

/** The whole body, as "json" or "text"; a line that breaks off is no answer. */
const whole = (response, how) =>
  response[how]().catch((error) => {
    if (error instanceof SyntaxError) throw failure("", response.status);
    return refuse(error);
  });

/** What fetch rejects with is given up, or nobody's answer. */
function refuse(error) {
  throw error.name === "AbortError" ? error : failure("", 0);
}

/** An Error with the server's own words, or without them with ours. */
function failure(words, status) {
  const silent = status ? `The server does not answer (${status}).` : "The server does not answer.";
  return Object.assign(new Error(words || silent), { status });
}

// ---- asked again -----------------------------------------------------------------------------------------------------

/** Whether it may be otherwise in a moment. */
const passing = (error) => PASSING.includes(error.status);

/** After such an error do `work` later. */
function again(error, work) {
  if (passing(error)) later(work);
}

/** Do `work`, once, in 1 s, 2 s, 4 s, ... or when the browser is on line again. */
function later(work) {
  wanted.add(work);
  if (timer) return;
  timer = setTimeout(retry, wait);
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
  post,
  exchange,
  send,
  refuse,
  passing,
  again,
  later,
  retry,
  /** Whether there is a server; the page that plays without one never asks. */
  online: false,
  /** The page's link, which holds what it fixes, is told by this function. */
  set link(tell) {
    link = tell;
  },
};
