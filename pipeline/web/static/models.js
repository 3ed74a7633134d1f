// Progress of a training; when it is done the page is shown anew.

import { follow } from "./server.js";

const POLL = 1500; // milliseconds
const job = document.getElementById("job");
if (job) follow(job.dataset.state, POLL, show);

/** Show how far a training is; whether that is the end of it. */
function show(now) {
  if (now.state === "done" || now.state === "failed") {
    location.reload();
    return true;
  }
  const bar = document.getElementById("job-bar");
  if (now.stage === "comparing" || !now.steps) bar.removeAttribute("value");
  else {
    bar.max = now.steps;
    bar.value = now.done;
  }
  const text = { training: "กำลังเทรนและวัดผล", comparing: "กำลังเทียบกับโมเดลที่ใช้อยู่" }[now.stage];
  if (text) document.getElementById("job-text").textContent = text;
  return false;
}
