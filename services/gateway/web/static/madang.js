// What pages do beyond HTML: none of it is needed to do anything. htmx looks after what is live.
"use strict";

// A refusal, or a word of what was done, is where the reader goes on.
document.addEventListener("DOMContentLoaded", () => {
  const word = document.getElementById("refusal") || document.getElementById("told");
  if (word) word.focus();
});

// On a phone the ways and the tabs are wider than the page: the present one is in sight.
document.addEventListener("DOMContentLoaded", () => {
  for (const each of document.querySelectorAll(".ways [aria-current], .tabs [aria-current], .within [aria-current]")) {
    const row = each.closest("nav");
    row.scrollLeft = each.offsetLeft + each.offsetWidth / 2 - row.clientWidth / 2;
  }
});

// Answers with a refusal (409, 422) are shown like others.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status === 409 || status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// The sum of a score sheet, as it is written.
document.addEventListener("input", (event) => {
  const sheet = event.target.closest(".scores");
  if (!sheet) return;
  const sum = sheet.querySelector("output[data-sum-of]");
  const parts = sheet.querySelectorAll(`input[name^="${sum.dataset.sumOf}"]`);
  const total = [...parts].reduce((all, each) => all + Math.round((Number(each.value) || 0) * 100), 0);
  sum.textContent = total / 100;
});

// What did not reach us is said where it was sent from; what is written goes again when there is a line.
const failed = (event, isHidden) => {
  const word = event.detail.elt.querySelector("[data-failed]");
  if (word) word.hidden = isHidden;
};
document.addEventListener("htmx:beforeRequest", (event) => failed(event, true));
document.addEventListener("htmx:sendError", (event) => failed(event, false));
document.addEventListener("htmx:responseError", (event) => failed(event, false));
window.addEventListener("online", () => {
  for (const word of document.querySelectorAll("form[hx-post] [data-failed]:not([hidden])")) {
    word.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// A file that would not even arrive is refused before it is sent: htmx and browsers send no form that is not valid.
document.addEventListener("change", (event) => {
  const { most, tooLarge } = event.target.dataset;
  if (!most) return;
  const isTooLarge = [...event.target.files].some((file) => file.size > Number(most));
  event.target.setCustomValidity(isTooLarge ? tooLarge : "");
  event.target.reportValidity();
}, true);

// How far an upload has come.
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector ? event.target.querySelector("progress") : null;
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
});

// A form that is written where the line is poor (data-keep): what is written stays in this browser until it was sent.
// With its key, too: what was done already, and only the answer lost, is not done again.
const isKept = (each) => each.name && !each.disabled && (each.type !== "hidden" || each.name === "key");
const written = (form) => [...form.elements].filter(isKept);
const isTicked = (each) => each.type === "checkbox" || each.type === "radio";
const keptAs = (form) => `madang:${form.dataset.keep}`;

const keep = (form) => {
  const kept = written(form).map((each) => [each.name, each.value, isTicked(each) ? each.checked : true]);
  localStorage.setItem(keptAs(form), JSON.stringify(kept));
};

const bringBack = (form) => {
  const kept = JSON.parse(localStorage.getItem(keptAs(form)) || "[]");
  for (const each of written(form)) {
    const found = kept.find(([name, value]) => name === each.name && (!isTicked(each) || value === each.value));
    if (!found) continue;
    if (isTicked(each)) each.checked = found[2];
    else each.value = found[1];
  }
};

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    if (!form.querySelector(".refusal:not([hidden])")) bringBack(form);
  }
});

for (const change of ["input", "change"]) {
  document.addEventListener(change, (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });
}

// Whoever logs out leaves nothing of theirs behind.
document.addEventListener("submit", (event) => {
  if (event.target.matches('form[action="/logout"]')) localStorage.clear();
});

// And what cannot be sent (data-again) goes by itself when there is a line again. It is done once, by the form's key.
const AGAIN = 15000;
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-again]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  let timer;
  const send = async () => {
    clearTimeout(timer);
    window.removeEventListener("online", send);
    const body = new URLSearchParams(new FormData(form)); // with what was written since
    let answer, text;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      if (answer.status === 503) throw new Error("away");
      text = await answer.text(); // to its end: left amid it, the request counts as failed
    } catch {
      form.querySelector("[data-offline]").hidden = false;
      window.addEventListener("online", send);
      timer = setTimeout(send, AGAIN);
      return;
    }
    show(answer, text, form);
  };
  await send();
});

const show = (answer, text, form) => {
  if (answer.redirected) {
    if (form.dataset.keep && new URL(answer.url).searchParams.has("told")) localStorage.removeItem(keptAs(form));
    window.location.assign(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  if (!main) { // none of ours: whatever stands in between has answered
    window.location.reload();
    return;
  }
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  const word = document.getElementById("refusal");
  if (word) word.focus();
  else window.scrollTo(0, 0);
};
