// page.cjs ADDRESS QUERIES: what Chromium loads at a first visit, and how long a first result takes from the
// key that sends the query until it is laid out. Needs playwright-core (tests/browser/package.json).
"use strict";
const { readFileSync } = require("node:fs");
const { chromium } = require("playwright-core");

const [base, file] = process.argv.slice(2);
const [first, ...queries] = readFileSync(file, "utf8").split("\n").slice(0, 51);
const say = (...cells) => console.log(cells.join("\t"));
const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)].toFixed(0);

(async () => {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    const context = await browser.newContext({ locale: "vi-VN" });
    const page = await context.newPage();
    const watch = await context.newCDPSession(page);
    let bytes = 0, requests = 0, strangers = 0;
    await watch.send("Network.enable");
    watch.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
    page.on("request", (request) => { requests++; strangers += !request.url().startsWith(base); });
    await page.goto(base + "/", { waitUntil: "networkidle" });
    say("first visit, requests", requests);
    say("first visit, bytes over the wire", bytes);
    bytes = 0;
    await page.goto(`${base}/?q=${encodeURIComponent(first)}`, { waitUntil: "networkidle" });
    say("first results, bytes over the wire", bytes);
    const shown = [], answered = [];
    for (const query of queries) {
        if (!query) continue;
        await page.fill("#q", query);
        const start = await page.evaluate(() => performance.timeOrigin + performance.now());
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => url.searchParams.get("q") === query);
        const [end, waited] = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => {
            const entry = performance.getEntriesByType("navigation")[0];
            document.querySelector(".hit, .nothing").getBoundingClientRect();
            resolve([performance.timeOrigin + entry.domContentLoadedEventEnd, entry.responseStart - entry.requestStart]);
        })));
        shown.push(end - start);
        answered.push(waited);
    }
    say("first result, median ms", quantile(shown, 0.5));
    say("first result, p95 ms", quantile(shown, 0.95));
    say("of it waiting for the server, median ms", quantile(answered, 0.5));
    say("requests to other hosts", strangers);
    await browser.close();
})();
