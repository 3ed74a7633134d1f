// Upload: files go one by one, so that each is safe as soon as it is there; then live progress.

import { complain, failure, follow, inEnglish, offline, refused, token } from "./server.js";

const POLL = 1000; // milliseconds
const form = document.getElementById("upload");
const job = document.getElementById("job");
document.documentElement.classList.add("scripted");
if (form) prepare();
if (job && job.dataset.open === "yes") follow(job.dataset.state, POLL, progress);

function prepare() {
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    await sendAll(await dropped(event.dataTransfer));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await sendAll([...input.files]);
  });
  // A file that misses the zone must not replace the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}

/** The files of a drop, those in folders included. */
async function dropped(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...data.files];
  const files = [];
  for (const entry of entries) await walk(entry, files);
  return files;
}

async function walk(entry, files) {
  if (entry.name.startsWith(".") || entry.name.startsWith("~$")) return;
  if (entry.isFile) {
    files.push(await new Promise((done, failed) => entry.file(done, failed)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const one of some) await walk(one, files);
  }
}

async function sendAll(files) {
  if (!files.length || form.dataset.busy) return;
  const most = Number(form.dataset.files);
  if (files.length > most) {
    refuse("", { th: `ครั้งละไม่เกิน ${most} ไฟล์ แบ่งส่งหลายครั้ง`, en: `${most} files at most: send them in parts` });
    return;
  }
  form.dataset.busy = "yes";
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  document.getElementById("refused").replaceChildren();
  const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
  let sent = 0;
  let page = "";
  let number = "";
  let accepted = 0;
  for (const [index, file] of files.entries()) {
    tell(`กำลังส่ง ${index + 1}/${files.length} ${file.name}`, sent / total);
    try {
      const answer = await sendOne(file, number, (bytes) => tell(null, (sent + bytes) / total));
      number = answer.job;
      page = answer.page;
      accepted += 1;
    } catch (error) {
      if (error.problem) refuse(file.name, error.problem);
      else complain(error);
      // What is wrong with the form is wrong with every file.
      if ([0, 401, 403].includes(error.problem?.status) || error.problem?.code === "invalid") break;
    }
    sent += file.size;
  }
  delete form.dataset.busy;
  button.disabled = false;
  const all = accepted === files.length;
  tell(all ? "ส่งครบแล้ว" : `ส่งแล้ว ${accepted}/${files.length} ไฟล์`, all ? 1 : sent / total);
  if (!page) return;
  if (all) location.assign(page);
  else offer(page);
}

/** XMLHttpRequest, for fetch does not tell how much is sent. */
function sendOne(file, number, onBytes) {
  if (file.size > Number(form.dataset.fileBytes)) {
    const limit = Number(form.dataset.fileBytes) / 1e6;
    return Promise.reject(failure(413, "too_large", `ไฟล์ใหญ่เกิน ${limit} MB แบ่งไฟล์หรือลดขนาดภาพแล้วลองอีกครั้ง`,
      `larger than ${limit} MB: split it or reduce its images and try again`));
  }
  const body = new FormData();
  for (const name of ["round", "received"]) body.append(name, form.elements[name]?.value ?? "");
  if (number) body.append("job", number);
  body.append("files", file, file.name);
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", token());
    request.upload.addEventListener("progress", (event) => onBytes(Math.min(event.loaded, file.size)));
    request.addEventListener("load", () => {
      if (request.status < 300 && request.response) return done(request.response);
      return failed(refused(request.status, request.response,
        "ส่งไฟล์นี้ไม่สำเร็จ ลองอีกครั้ง", "this file was not sent: try again"));
    });
    request.addEventListener("error", () => failed(offline()));
    request.send(body);
  });
}

function tell(text, share) {
  document.getElementById("sending").hidden = false;
  if (text !== null) document.getElementById("sending-text").textContent = text;
  document.getElementById("sending-bar").value = share;
}

function refuse(name, told) {
  const line = document.createElement("li");
  line.append(`${name ? `${name}: ` : ""}${told.th} `, inEnglish(told.en));
  document.getElementById("refused").append(line);
}

function offer(page) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = page;
  link.textContent = "ดูไฟล์ที่รับไว้แล้ว";
  line.append(link, " ", inEnglish("See the files that were accepted"));
  document.getElementById("refused").append(line);
}

/** Show the state of the upload; whether that is the end of it. */
function progress(now) {
  show(now);
  // The page as it is now, with the button to try again, if need be.
  if (now.state === "done" && now.failed) location.reload();
  return now.state === "done";
}

function show(now) {
  const bar = document.getElementById("job-bar");
  bar.max = now.steps || 1;
  bar.value = now.done;
  document.getElementById("job-done").textContent = now.done.toLocaleString("en");
  document.getElementById("job-steps").textContent = now.steps.toLocaleString("en");
  if (now.state === "done") {
    document.getElementById("job-text").replaceChildren("เสร็จแล้ว ค้นหาได้ทันที ", inEnglish("done: they can be searched"));
    document.getElementById("job-next").hidden = false;
  }
  const failed = now.failed ? [badge(`ไม่สำเร็จ ${now.failed}`, "failed", "bad")] : [];
  document.getElementById("job-failed").replaceChildren(...failed);
  const body = document.getElementById("job-files");
  for (const file of now.files) {
    let row = body.querySelector(`[data-file="${file.id}"]`);
    if (row?.dataset.fileState === file.state) continue;
    if (!row) {
      row = document.createElement("tr");
      row.dataset.file = file.id;
      body.append(row);
    }
    row.dataset.fileState = file.state;
    row.replaceChildren(...cells(file));
  }
  const ids = new Set(now.files.map((file) => String(file.id)));
  for (const row of [...body.children]) if (!ids.has(row.dataset.file)) row.remove(); // opened archives
}

function cells(file) {
  const name = document.createElement("th");
  name.scope = "row";
  name.className = "file-name";
  name.textContent = file.name;
  const state = document.createElement("td");
  state.dataset.label = "สถานะ";
  state.append(badge(file.thai, file.english, file.look));
  const result = document.createElement("td");
  result.dataset.label = "ผล";
  if (file.error) {
    const error = document.createElement("span");
    error.className = "file-error";
    error.textContent = file.error;
    result.append(error);
  } else {
    result.append(`${file.kind} `);
    if (file.link) {
      const link = document.createElement("a");
      link.href = file.link;
      link.textContent = file.title || "เปิดเอกสาร";
      result.append(link);
    } else result.append(file.title);
  }
  return [name, state, result];
}

function badge(thai, word, look) {
  const element = document.createElement("span");
  element.className = `badge badge-${look}`;
  element.append(`${thai} `, inEnglish(word));
  return element;
}
