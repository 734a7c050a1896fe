// SPDX-License-Identifier: MIT
// What the page can do beyond plain HTML; nothing depends on it.
"use strict";
(() => {
    const $ = (selector, root = document) => root.querySelector(selector);
    const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

    /* ---- suggestions: a combobox as WAI-ARIA describes it */

    const box = $(".box"), input = $("#q"), list = $("#suggestions");
    let chosen = -1, typed = "", asking = null, timer = 0;

    const close = () => {
        list.hidden = true;
        chosen = -1;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
    };

    const show = (suggestions) => {
        list.replaceChildren(...suggestions.map((suggestion, i) => {
            const item = document.createElement("li"), text = document.createElement("span");
            item.id = "s" + i;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            text.textContent = suggestion.text;
            item.append(text);
            if (suggestion.documents > 0) {
                const n = document.createElement("span");
                n.className = "n";
                n.textContent = suggestion.documents.toLocaleString(document.documentElement.lang);
                item.append(n);
            }
            item.addEventListener("mousedown", (event) => {
                event.preventDefault();
                input.value = suggestion.text;
                box.requestSubmit();
            });
            return item;
        }));
        chosen = -1;
        list.hidden = suggestions.length === 0;
        input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const choose = (i) => {
        const items = [...list.children];
        chosen = i < -1 ? items.length - 1 : i >= items.length ? -1 : i;
        items.forEach((item, k) => item.setAttribute("aria-selected", String(k === chosen)));
        if (chosen < 0) {
            input.value = typed;
            input.removeAttribute("aria-activedescendant");
        } else {
            input.value = items[chosen].firstChild.textContent;
            input.setAttribute("aria-activedescendant", items[chosen].id);
        }
    };

    const ask = async () => {
        typed = input.value;
        asking?.abort();
        if (typed.trim().length < 2) return close();
        asking = new AbortController();
        try {
            const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(typed),
                                       { signal: asking.signal });
            if (!answer.ok) return close();
            const { suggestions } = await answer.json();
            if (typed === input.value && document.activeElement === input) show(suggestions);
        } catch {
            /* a newer question, or no answer: there is still the list as it was */
        }
    };

    if (input) {
        input.setAttribute("role", "combobox");
        input.setAttribute("aria-autocomplete", "list");
        input.setAttribute("aria-controls", "suggestions");
        input.setAttribute("aria-expanded", "false");
        input.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, 60);
        });
        input.addEventListener("blur", close);
        input.addEventListener("keydown", (event) => {
            if (event.isComposing) return;
            if (event.key === "Escape" && !list.hidden) {
                input.value = typed;
                close();
                event.preventDefault();
            } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
                choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
                event.preventDefault();
            }
        });
        box.addEventListener("submit", () => {
            clearTimeout(timer);
            asking?.abort();
            close();
            const state = $("#state");
            setTimeout(() => { state.textContent = state.dataset.slow; }, 400);
        });
        addEventListener("pageshow", () => { $("#state").textContent = ""; });
    }

    /* ---- keys: / to the box, j and k through a list, n and p through places */

    const hits = $$(".hit");
    let current = -1;

    const goToHit = (i) => {
        if (i < 0 || i >= hits.length) return;
        hits[current]?.classList.remove("current");
        current = i;
        hits[i].classList.add("current");
        $("a", hits[i]).focus();
    };

    const steps = $(".steps"), marks = $$("article mark[id]");
    let place = -1;

    const goToMark = (step) => {
        if (!marks.length) return;
        marks[place]?.classList.remove("here");
        place = place < 0 && step < 0 ? marks.length - 1 : (place + step + marks.length) % marks.length;
        marks[place].classList.add("here");
        marks[place].scrollIntoView({ block: "center" });
        $(".where", steps).textContent = `${place + 1} / ${marks.length}`;
    };

    if (steps) {
        $(".where", steps).setAttribute("aria-live", "polite");
        for (const link of $$("a[data-step]", steps))
            link.addEventListener("click", (event) => {
                event.preventDefault();
                goToMark(Number(link.dataset.step));
            });
    }

    addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea"))
            return;
        const act = {
            "/": () => { input?.focus(); input?.select(); },
            "j": () => goToHit(current + 1),
            "k": () => goToHit(current - 1),
            "n": () => goToMark(1),
            "p": () => goToMark(-1),
            "u": () => { const back = $(".back a"); if (back) location.href = back.href; },
        }[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    });

    /* ---- years or months: drag over the bars */

    const picture = $(".years svg");
    if (picture) {
        const first = Number(picture.dataset.first), last = Number(picture.dataset.last);
        const months = "months" in picture.dataset;
        const width = picture.viewBox.baseVal.width, height = picture.viewBox.baseVal.height;
        const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const label = $(".years .chosen");
        let start = null, end = null;

        label.textContent = "";
        band.setAttribute("class", "chosen-years");
        band.setAttribute("height", height);
        const name = (bar) => months ? `${bar % 12 + 1}/${Math.floor(bar / 12)}` : String(bar);
        const barAt = (event) => {
            const place = picture.getBoundingClientRect();
            const part = (event.clientX - place.left) / place.width;
            return Math.min(last, Math.max(first, first + Math.floor(part * (last - first + 1))));
        };
        const draw = () => {
            const from = Math.min(start, end), to = Math.max(start, end);
            const one = width / (last - first + 1);
            band.setAttribute("x", (from - first) * one);
            band.setAttribute("width", (to - from + 1) * one);
            label.textContent = from === to ? name(from) : `${name(from)} – ${name(to)}`;
        };
        const stop = () => {
            start = null;
            band.remove();
            label.textContent = "";
        };
        picture.addEventListener("pointerdown", (event) => {
            if (event.button) return;
            start = end = barAt(event);
            picture.append(band);
            draw();
        });
        addEventListener("pointermove", (event) => {
            if (start === null) return;
            end = barAt(event);
            draw();
        });
        addEventListener("pointerup", () => {
            if (start !== null && start !== end) {
                const address = new URL(location.href);
                address.searchParams.set("from", name(Math.min(start, end)));
                address.searchParams.set("to", name(Math.max(start, end)));
                address.searchParams.delete("offset");
                location.href = address.href;
                start = null;
            } else {
                stop();
            }
        });
        addEventListener("pointercancel", stop);
        addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
        picture.addEventListener("dragstart", (event) => event.preventDefault());
    }

    /* ---- the rest */

    for (const select of $$("select[data-submit]"))
        select.addEventListener("change", () => select.form.requestSubmit());

    for (const form of $$("form"))
        form.addEventListener("submit", () => {
            /* short addresses: what is empty is not said */
            for (const field of $$("input[name], select[name]", form))
                if (field.value === "" && field.name !== "q") field.disabled = true;
            setTimeout(() => $$("[disabled]", form).forEach((field) => { field.disabled = false; }), 0);
        });

    for (const field of $$("input[data-calendar]")) {
        if (!("showPicker" in HTMLInputElement.prototype)) break;
        const row = document.createElement("span"), button = document.createElement("button");
        const picker = document.createElement("input");
        picker.type = "date";
        picker.tabIndex = -1;
        picker.setAttribute("aria-hidden", "true");
        button.type = "button";
        button.textContent = "▾";
        button.setAttribute("aria-label", field.dataset.calendar);
        row.className = "date-field";
        field.replaceWith(row);
        row.append(field, button, picker);
        button.addEventListener("click", () => picker.showPicker());
        picker.addEventListener("change", () => {
            const [year, month, day] = picker.value.split("-").map(Number);
            if (year) field.value = `${day}/${month}/${year}`;
        });
    }

    for (const button of $$("button[data-copy]")) {
        if (!navigator.clipboard) break;
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText($("#" + button.dataset.copy).textContent);
            const before = button.textContent;
            button.textContent = button.dataset.done;
            setTimeout(() => { button.textContent = before; }, 1500);
        });
    }
})();
