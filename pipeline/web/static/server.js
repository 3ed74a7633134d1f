// Talking with the server: the page's token, problems told, the state of a job followed.

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
  if (english) text.append(" ", inEnglish(english));
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

/** Show the problem of an error that `failure` made. */
export function complain(error) {
  const told = error.problem;
  if (told) toast(told.th, told.en, "problem");
  else toast("เกิดข้อผิดพลาด ลองอีกครั้ง", String(error.message ?? error), "problem");
}

/** An error that `complain` shows: what went wrong and what to do, in both languages. */
export function failure(status, code, th, en) {
  return Object.assign(new Error(en), { problem: { status, code, th, en } });
}

/** The failure of a request that reached nobody. */
export function offline() {
  return failure(0, "offline", "ติดต่อเซิร์ฟเวอร์ไม่ได้ ตรวจเครือข่ายแล้วลองใหม่",
    "the server cannot be reached: check the network and try again");
}

/** The failure that an answer tells of; `th` and `en` where it tells nothing. */
export function refused(status, answer, th, en) {
  const told = answer?.error;
  return failure(status, told?.code ?? "defect", told?.th ?? th, told?.en ?? en);
}

/** Ask for the state of a job, and tell `show` of it until that answers true.
 *  A page that is not seen does not ask; a server that is away may come back. */
export async function follow(url, every, show) {
  for (;;) {
    await new Promise((done) => setTimeout(done, every));
    if (document.hidden) continue;
    const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.status === 401) return location.reload();
    if (response?.ok && show(await response.json())) return undefined;
  }
}

/** What stands beside the Thai: English, in its own look and voice. */
export function inEnglish(english) {
  const element = document.createElement("span");
  element.lang = "en";
  element.className = "en";
  element.textContent = english;
  return element;
}
