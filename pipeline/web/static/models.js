// Progress of a training; when it is done the page is shown anew.

const job = document.getElementById("job");
if (job) follow();

async function follow() {
  for (;;) {
    await new Promise((done) => setTimeout(done, 1500));
    if (document.hidden) continue;
    const response = await fetch(job.dataset.state, { headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.status === 401) return location.reload();
    if (!response?.ok) continue;
    const now = await response.json();
    if (now.state === "done" || now.state === "failed") return location.reload();
    const bar = document.getElementById("job-bar");
    if (now.stage === "comparing" || !now.steps) bar.removeAttribute("value");
    else {
      bar.max = now.steps;
      bar.value = now.done;
    }
    const text = { training: "กำลังเทรนและวัดผล", comparing: "กำลังเทียบกับโมเดลที่ใช้อยู่" }[now.stage];
    if (text) document.getElementById("job-text").textContent = text;
  }
}
