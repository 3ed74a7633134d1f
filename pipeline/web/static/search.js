// "/" goes to the search box; on a narrow screen the filters start folded.

const box = document.getElementById("q");

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});

if (window.matchMedia("(max-width: 899px)").matches) {
  document.getElementById("facets")?.removeAttribute("open");
}
