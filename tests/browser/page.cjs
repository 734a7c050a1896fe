// page.cjs ADDRESS: what people do on the page, in Chromium; with axe-core on each kind of page.
"use strict";
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const base = process.argv[2].replace(/\/$/, "");
let browser, failed = 0;

const test = async (name, options, body) => {
    const context = await browser.newContext({ locale: "vi-VN", ...options });
    const page = await context.newPage();
    const strangers = [], wrong = [];
    page.on("request", (request) => { if (!request.url().startsWith(base)) strangers.push(request.url()); });
    page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
    page.on("pageerror", (error) => wrong.push(String(error)));
    try {
        await body(page);
        assert.deepEqual(strangers, [], "requests to other hosts");
        assert.deepEqual(wrong.filter((text) => !/40[04]/.test(text)), [], "errors of the script or the policy");
    } catch (error) {
        failed++;
        console.log(`--- ${name}\n${error.message}`);
    }
    await context.close();
};

const isAccessible = async (page, name) => {
    await page.evaluate(require("node:fs").readFileSync(axe, "utf8"));
    const { violations } = await page.evaluate(() => window.axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    assert.deepEqual(violations.map((v) => `${name} ${v.id}: ${v.nodes[0].html}`), []);
};

const boxHasFocus = (page) => page.waitForFunction(() => document.activeElement.id === "q");
const hits = (page) => page.locator(".hits .hit h3").allTextContents();
const go = (page, target) => page.goto(base + target);

(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

    await test("search with and without accents", {}, async (page) => {
        await go(page, "/");
        await boxHasFocus(page);
        await page.keyboard.type("chay rung tram");
        await page.keyboard.press("Enter");
        await page.waitForURL(/q=chay/);
        assert.ok((await hits(page)).some((title) => title.includes("Diễn tập chữa cháy rừng tràm")));
        await page.fill("#q", "cháy rừng");
        await page.keyboard.press("Enter");
        await page.waitForURL(/ch%C3%A1y/);
        assert.ok((await page.locator(".tier").allTextContents()).includes("không dấu"));
        assert.ok(await page.locator(".snippet mark").count() > 0);
    });

    await test("suggestions by keyboard", {}, async (page) => {
        await go(page, "/");
        await boxHasFocus(page);
        await page.keyboard.type("chay ru", { delay: 20 });
        await page.waitForSelector("#suggestions:not([hidden]) li");
        await page.keyboard.press("ArrowDown");
        const first = await page.locator("#suggestions li span").first().textContent();
        assert.equal(await page.inputValue("#q"), first);
        assert.equal(await page.getAttribute("#q", "aria-activedescendant"), "s0");
        await isAccessible(page, "suggestions");
        await page.keyboard.press("Escape");
        assert.equal(await page.inputValue("#q"), "chay ru");
        await page.keyboard.press("Enter");
        await page.waitForURL(/q=chay\+ru/);
    });

    await test("facets, years, back button, deep links", {}, async (page) => {
        await go(page, "/?q=rung");
        const link = page.locator(".facet a", { hasText: "Chi cục Kiểm lâm" });
        const n = Number(await link.locator(".n").textContent());
        await link.click();
        await page.waitForURL(/source=/);
        assert.equal((await hits(page)).length, n);
        const deep = page.url(), titles = await hits(page);
        await page.goBack();
        assert.ok(!page.url().includes("source="));
        await page.goto(deep);
        assert.deepEqual(await hits(page), titles);
        await page.locator(".filters a").first().click();
        assert.ok(!page.url().includes("source="));
    });

    await test("dragging over years", {}, async (page) => {
        await go(page, "/?q=rung+tram+chay");
        const svg = page.locator(".years svg"), place = await svg.boundingBox();
        await page.mouse.move(place.x + 2, place.y + 20);
        await page.mouse.down();
        await page.mouse.move(place.x + place.width * 0.7, place.y + 20, { steps: 5 });
        await page.mouse.up();
        await page.waitForURL(/from=\d+&to=\d+/);
    });

    await test("dragging by finger", { hasTouch: true, viewport: { width: 390, height: 780 } }, async (page) => {
        await go(page, "/?q=rung+tram+chay");
        const place = await page.locator(".years svg").boundingBox();
        const hand = await page.context().newCDPSession(page);
        const touch = (type, x) => hand.send("Input.dispatchTouchEvent",
            { type, touchPoints: x === undefined ? [] : [{ x, y: place.y + 20 }] });
        await touch("touchStart", place.x + 4);
        for (let i = 1; i <= 10; i++) await touch("touchMove", place.x + 4 + place.width * 0.07 * i);
        assert.match(await page.textContent(".years .chosen"), /^\d+ – \d+$/);
        await touch("touchEnd");
        await page.waitForURL(/from=\d+&to=\d+/);
    });

    await test("picking a year, then months", {}, async (page) => {
        await go(page, "/?q=rung+tram+chay");
        await page.click(".years a[aria-label^='2018']");
        await page.waitForURL(/from=2018&to=2018/);
        assert.ok((await hits(page)).length > 0);
        await go(page, "/?q=rung&from=2019&to=2020");
        const svg = page.locator(".years svg"), place = await svg.boundingBox();
        await page.mouse.move(place.x + 2, place.y + 20);
        await page.mouse.down();
        await page.mouse.move(place.x + place.width - 2, place.y + 20, { steps: 5 });
        assert.match(await page.textContent(".years .chosen"), /^\d+\/2019 – \d+\/2020$/);
        await page.mouse.up();
        await page.waitForURL(/from=\d+%2F2019&to=\d+%2F2020/);
    });

    await test("near copies fold up in a row", {}, async (page) => {
        await go(page, "/?q=trai+giong+tom+cang");
        assert.equal((await hits(page)).length, 1);
        assert.match(await page.textContent(".count"), /2 văn bản/);
        await page.focus(".copies summary");
        await page.keyboard.press("Enter");
        await page.click(".copies li a");
        await page.waitForURL(/documents\/trinh-duyet/);
        assert.equal(await page.locator(".similar li").count(), 1);
        assert.match(await page.textContent(".similar li"), /bản gần giống/);
    });

    await test("a date as it is written in Vietnam", {}, async (page) => {
        await go(page, "/?q=rung");
        await page.fill("input[name=from]", "1/1/2020");
        await page.click(".order button:has-text('Áp dụng')");
        await page.waitForURL(/from=1%2F1%2F2020/);
        assert.ok(!page.url().includes("sort="), "what is empty is not said");
        assert.ok((await hits(page)).some((title) => title.includes("Trồng lại")));
    });

    await test("a date from the calendar", {}, async (page) => {
        await go(page, "/?q=rung");
        await page.locator(".date-field input[type=date]").first().evaluate((picker) => {
            picker.value = "2020-09-02";
            picker.dispatchEvent(new Event("change"));
        });
        assert.equal(await page.inputValue("input[name=from]"), "2/9/2020");
    });

    await test("a citation", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
        await go(page, "/documents/trinh-duyet/3?q=chay+rung");
        await page.click("button[data-copy]");
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.ok(copied.includes("“Trồng lại rừng tràm sau cháy”") && copied.endsWith("/documents/trinh-duyet/3"), copied);
        assert.equal(await page.textContent("button[data-copy]"), "Đã chép");
    });

    await test("on paper", {}, async (page) => {
        await go(page, "/documents/trinh-duyet/3?q=chay+rung");
        await page.emulateMedia({ media: "print" });
        for (const part of [".top", ".steps", ".similar", ".back"])
            if (await page.locator(part).count()) assert.ok(!await page.locator(part).first().isVisible(), part);
        assert.ok(await page.locator(".text").isVisible() && await page.locator("#citation").isVisible());
    });

    await test("document, places, keys", {}, async (page) => {
        await go(page, "/?q=ch%C3%A1y+r%E1%BB%ABng&source=V%C6%B0%E1%BB%9Dn+qu%E1%BB%91c+gia");
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await page.waitForURL(/documents/);
        await page.keyboard.press("n");
        assert.match(await page.textContent(".where"), /^1 \/ \d+$/);
        await page.keyboard.press("p");
        const [at, all] = (await page.textContent(".where")).split(" / ");
        assert.equal(at, all);
        await page.keyboard.press("u");
        await page.waitForURL(/\/\?q=/);
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    });

    await test("an export", { acceptDownloads: true }, async (page) => {
        await go(page, "/?q=rung");
        const download = page.waitForEvent("download");
        await page.click(".exports a:has-text('CSV')");
        assert.equal((await download).suggestedFilename(), "muc-luc.csv");
    });

    await test("without JavaScript", { javaScriptEnabled: false }, async (page) => {
        await go(page, "/");
        await page.fill("#q", "chay rung");
        await page.click(".box button");
        await page.waitForURL(/q=chay/);
        await page.locator(".hits a").first().click();
        await page.waitForURL(/documents/);
        await page.click(".steps a[data-step='1']");
        assert.ok(page.url().endsWith("#m1"));
        await page.click(".back a");
        assert.ok((await hits(page)).length > 0);
    });

    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]])
        await test(`${width} ${colorScheme}`, { viewport: { width, height: 800 }, colorScheme }, async (page) => {
            for (const target of ["/", "/?q=chay+rung", "/?q=ch%C3%A1y&from=x&source=Z", "/?q=rung&hl=en",
                "/documents/trinh-duyet/3?q=chay+rung", "/?q=chuoi+ky+tu+lien", "/documents/lien?q=lien",
                "/?q=" + "x".repeat(1001), "/documents/none", "/help"]) {
                await go(page, target);
                const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                assert.ok(wide <= width, `${target} is ${wide} wide`);
                await isAccessible(page, target);
            }
        });

    await browser.close();
    process.exit(failed ? 1 : 0);
})();
