"use strict";
// A page that is filled again runs this again, and what listened before stops.
globalThis.filters?.abort();
globalThis.filters = new AbortController();
const { signal } = globalThis.filters;
const kindsOf = (item) => item.dataset.kind.split(" ");
const groupOf = (item) => item.closest("[data-group]").dataset.group;
for (const form of document.querySelectorAll("form.filter")) {
  const area = document.getElementById(form.dataset.area);
  const items = [...area.querySelectorAll("[data-kind]")];
  const output = form.querySelector("output");
  const show = () => {
    const kinds = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const all = !form.querySelector("input");
    const group = form.querySelector("select")?.value;
    for (const item of items)
      item.hidden = !(all || kindsOf(item).some((kind) => kinds.has(kind))) || Boolean(group && groupOf(item) !== group);
    for (const section of area.querySelectorAll("[data-group]"))
      section.hidden = !section.querySelector("[data-kind]:not([hidden])");
    const shown = items.filter((item) => !item.hidden).length;
    output.textContent = output.dataset.description.replace("{n}", shown).replace("{all}", items.length);
    form.classList.toggle("all", shown === items.length);
  };
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}
const near = new Set();
const reach = (box) => { box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1; };
// What is measured is laid out: a box is looked at only when it comes near, however many the page has.
const approach = new IntersectionObserver((entries) => {
  for (const { target: box, isIntersecting } of entries) {
    if (!isIntersecting) { near.delete(box); continue; }
    near.add(box);
    reach(box);
    const cell = box.dataset.seen ? null : box.querySelector("td.wrong");
    if (cell) box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
    box.dataset.seen = "1";
  }
}, { rootMargin: "50%" });
for (const box of document.querySelectorAll(".scroll")) approach.observe(box);
addEventListener("resize", () => near.forEach(reach), { signal });
signal.addEventListener("abort", () => approach.disconnect());
// What lies near the target gets its real height only now, which moves it.
const land = (target, tries) => {
  target.scrollIntoView();
  if (tries) requestAnimationFrame(() => land(target, tries - 1));
};
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const hidden = target.closest("[hidden]")?.closest("[id$='-list']");
  if (hidden) document.querySelector(`form[data-area="${hidden.id}"]`).reset();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  setTimeout(() => land(target, 10));
};
addEventListener("hashchange", reveal, { signal });
if (location.hash) reveal();
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("details:not([open])")) box.open = true;
}, { signal });
