"use strict";
const words = JSON.parse(document.getElementById("words").textContent);
const $ = (selector) => document.querySelector(selector);
const result = $("#result"), status_ = $("#status"), trouble = $("#trouble"), profile = $("#profile"), year = $("#year"), again = $("#again");
const watched = "watched" in document.body.dataset;
const files = {};  // of each role what was chosen last: the file, and where the browser gives one, the handle that reads it again
let state = { result: 0 }, shown = 0, sending = 0, stopped = false;

// What is asked of the program.

const ask = async (method, path, body, type) => {
  let answer;
  try {
    answer = await fetch(path, { method, body, headers: type ? { "content-type": type } : {} });
  } catch {
    throw new Error(stopped ? words.stopped : words.unsent);
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Error(told.sentence ?? `${answer.status} ${answer.statusText}`);
};
const act = async (work) => {
  trouble.textContent = "";
  try {
    await work();
  } catch (error) {
    trouble.textContent = error.message;
  }
};
const post = (path, told = {}) => ask("POST", path, JSON.stringify(told), "application/json");
const run = () => post("run", { profile: profile.value, year: year.value });

// The files: chosen, dropped, read again.

const send = async (role, file) => {
  sending += 1;
  show(state);
  try {
    await ask("PUT", `files/${role}?name=${encodeURIComponent(file.name)}`, file, "application/octet-stream");
  } finally {
    sending -= 1;
    show(state);
  }
};
const give = (role, file, handle) => act(async () => {
  files[role] = { file, handle };
  await send(role, file);
  if (role === "report" || state.files?.report || watched) await run();
});
const renewed = async (role) => {
  const { file, handle } = files[role];
  if (handle) return handle.getFile();
  try {
    await file.slice(0, 1).arrayBuffer();  // a browser refuses to read a file that was saved since it was chosen
  } catch {
    throw new Error(`${file.name}: ${words.changed}`);
  }
  return file;
};
const rerun = () => act(async () => {
  if (!watched && !files.report) throw new Error(`${state.files.report}: ${words.forgotten}`);
  for (const role of Object.keys(files)) {
    const file = await renewed(role);
    files[role].file = file;
    await send(role, file);
  }
  await run();
});
const alone = (list) => {
  if (list.length === 1) return true;
  trouble.textContent = words.one;
  return false;
};

for (const zone of document.querySelectorAll(".drop:not(.fixed)")) {
  const { role } = zone.dataset, input = zone.querySelector("input");
  zone.querySelector(".choose").addEventListener("click", async () => {
    if (!window.showOpenFilePicker || navigator.webdriver) return input.click();
    try {
      const [handle] = await window.showOpenFilePicker();
      give(role, await handle.getFile(), handle);
    } catch (error) {
      if (error.name !== "AbortError") input.click();
    }
  });
  input.addEventListener("change", () => {
    if (input.files.length) give(role, input.files[0]);
    input.value = "";
  });
  zone.querySelector(".remove")?.addEventListener("click", () => act(async () => {
    delete files[role];
    await ask("DELETE", `files/${role}`);
    if (state.files?.report) await run();
    zone.querySelector(".choose").focus();
  }));
}
const zoneOf = (event) => event.target.closest?.(".drop:not(.fixed)") ?? $(".drop:not(.fixed)");
const mark = (zone) => document.querySelectorAll(".drop").forEach((one) => one.classList.toggle("over", one === zone));
addEventListener("dragover", (event) => { event.preventDefault(); mark(zoneOf(event)); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
addEventListener("drop", async (event) => {
  event.preventDefault();
  mark(null);
  const { role } = zoneOf(event).dataset, dropped = [...event.dataTransfer.files];
  const item = [...event.dataTransfer.items].find((one) => one.kind === "file");
  if (!alone(dropped)) return;
  if (item?.webkitGetAsEntry?.()?.isDirectory) { trouble.textContent = words.one; return; }
  const handle = await item?.getAsFileSystemHandle?.().catch(() => null);
  give(role, dropped[0], handle ?? undefined);
});
// A file that the browser can read again is looked at while the page is seen: it is checked when it was saved and rests.
const looked = {};
setInterval(async () => {
  if (document.hidden || sending || stopped) return;
  for (const [role, { file, handle }] of Object.entries(files)) {
    const now = await handle?.getFile().catch(() => null);
    if (!now || (now.lastModified === file.lastModified && now.size === file.size)) continue;
    const stamp = `${now.lastModified} ${now.size}`;
    if (looked[role] === stamp) give(role, now, handle);
    looked[role] = stamp;
  }
}, 1500);

for (const one of [profile, year]) {
  one.addEventListener("change", () => { if (state.files?.report && year.reportValidity()) act(run); });
}
$("#files").addEventListener("submit", (event) => { event.preventDefault(); rerun(); });
$("#stop").addEventListener("click", () => act(() => post("stop")));

// What the program tells.

const show = (told) => {
  state = told;
  const busy = state.running || sending > 0;
  for (const zone of document.querySelectorAll(".drop")) {
    const name = state.files?.[zone.dataset.role];
    zone.classList.toggle("given", Boolean(name));
    zone.querySelector(".name").textContent = name ?? words.none_yet;
    const remove = zone.querySelector(".remove");
    if (remove) remove.hidden = !name;
  }
  again.hidden = !state.files?.report;
  again.disabled = busy;
  $("#stop").hidden = !state.running;
  status_.classList.toggle("busy", busy);
  const line = sending ? words.sending : state.running ? words.reading : state.status ?? "";
  if (status_.textContent !== line) status_.textContent = line;
  result.classList.toggle("old", busy);
  if (state.trouble && !busy) trouble.textContent = state.trouble;
  if (!state.running && state.result && state.result !== shown) act(load);
};
const load = async () => {
  const wanted = state.result;
  const text = await (await ask("GET", "result")).text();
  shown = wanted;
  const inside = result.contains(document.activeElement), at = scrollY;
  result.innerHTML = text;
  result.hidden = false;
  addButtons();
  const filters = Object.assign(document.createElement("script"), { type: "module", src: `../../filter.js?${wanted}` });
  result.append(filters);
  if (inside) result.focus({ preventScroll: true });
  scrollTo(0, at);
};

// What she accepts.

const dialog = $("#accept");
let accepting = null;
const addButtons = () => {
  for (const finding of result.querySelectorAll("#findings-list article.finding")) {
    if (!finding.querySelector(".permalink")) continue;  // it has no name to be accepted by
    const box = document.createElement("p"), button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: words.accept });
    button.setAttribute("aria-describedby", `${finding.id}-h`);
    button.addEventListener("click", () => open_(finding));
    box.className = "meant";
    box.append(button);
    finding.insertBefore(box, finding.querySelector(".permalink"));
  }
};
const open_ = (finding) => {
  accepting = finding.id;
  const place = finding.querySelector(".line .place")?.textContent ?? "";
  $("#accept-about").textContent = `${place} – ${document.getElementById(`${finding.id}-h`).textContent}`;
  dialog.querySelector(".trouble").textContent = "";
  $("#reason").value = "";
  dialog.showModal();
  $("#reason").focus();
};
dialog.querySelector(".cancel").addEventListener("click", () => dialog.close());
dialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await post("waivers", { fingerprint: accepting, reason: $("#reason").value, author: $("#author").value });
    dialog.close();
    result.focus({ preventScroll: true });
  } catch (error) {
    dialog.querySelector(".trouble").textContent = error.message;
  }
});

result.addEventListener("click", (event) => {
  if (event.target.closest("#undo")) act(async () => {
    await ask("DELETE", "waivers/last");
    result.focus({ preventScroll: true });
  });
});

// What she takes away.

result.addEventListener("click", (event) => {
  const button = event.target.closest("[data-download]");
  if (!button) return;
  act(async () => {
    button.disabled = true;
    try {
      const answer = await ask("GET", `download/${button.dataset.download}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = decodeURIComponent(answer.headers.get("x-name"));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } finally {
      button.disabled = false;
    }
  });
});

// The program stops when no page listens any more.

let source = null, resting = null;
const listen = () => {
  clearInterval(resting);
  resting = null;
  source = new EventSource("events");
  source.onmessage = (event) => { stopped = false; show(JSON.parse(event.data)); };
  source.addEventListener("rest", () => {  // a browser opens few streams at a time, and other tabs need theirs
    source.close();
    source = null;
    resting = setInterval(() => post("here").catch(() => {}), 60000);
  });
  source.onerror = () => {
    if (source?.readyState === EventSource.OPEN) return;
    stopped = true;
    setTimeout(() => { if (stopped) status_.textContent = words.stopped; }, 3000);
  };
};
addEventListener("visibilitychange", () => { if (!document.hidden && !source) listen(); });
addEventListener("pagehide", () => navigator.sendBeacon("bye"));
addEventListener("pageshow", (event) => { if (event.persisted) { source?.close(); listen(); } });
listen();
