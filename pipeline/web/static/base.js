// What every page shares: requests with the page's token, short messages, questions before acts.

/** Send JSON (or a FormData) to a route of ours; the JSON that it answers.
 *  A problem is an Error whose `problem` is {status, code, th, en}. */
export async function send(method, url, body) {
  const form = body instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRF-Token": token() };
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let response;
  try {
    const sent = body === undefined || form ? body : JSON.stringify(body);
    response = await fetch(url, { method, headers, body: sent, credentials: "same-origin" });
  } catch {
    throw failure(0, "offline", "ติดต่อเซิร์ฟเวอร์ไม่ได้ ตรวจเครือข่ายแล้วลองใหม่",
      "the server cannot be reached: check the network and try again");
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return answer;
  const told = answer?.error;
  if (told) throw Object.assign(new Error(told.en), { problem: told });
  throw failure(response.status, "defect", "เกิดข้อผิดพลาด ลองอีกครั้ง", "something went wrong: try again");
}

/** The token that shows that a request comes from this page. */
export function token() {
  return document.querySelector('meta[name="csrf"]').content;
}

/** Show a short message, Thai first; problems stay until they are closed. */
export function toast(thai, english = "", kind = "done") {
  const box = document.createElement("div");
  box.className = `toast toast-${kind}`;
  box.setAttribute("role", kind === "problem" ? "alert" : "status");
  const text = document.createElement("p");
  text.append(thai);
  if (english) text.append(" ", span(english));
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = "×";
  close.setAttribute("aria-label", "ปิดข้อความ");
  close.addEventListener("click", () => box.remove());
  box.append(text, close);
  document.getElementById("toasts").append(box);
  if (kind !== "problem") setTimeout(() => box.remove(), 6000);
}

/** Show the problem of an error that `send` threw. */
export function complain(error) {
  const told = error.problem;
  if (told) toast(told.th, told.en, "problem");
  else toast("เกิดข้อผิดพลาด ลองอีกครั้ง", String(error.message ?? error), "problem");
}

function failure(status, code, th, en) {
  return Object.assign(new Error(en), { problem: { status, code, th, en } });
}

function span(english) {
  const element = document.createElement("span");
  element.lang = "en";
  element.className = "en";
  element.textContent = english;
  return element;
}

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
