// The page in a browser: what it says is what summary.json says, clicks do what they promise, nothing is asked of the network.
// Run by `./run browser`; arguments: the command, the folder for outputs and pictures, Chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [program, folder, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(folder), "package.json"))("playwright-core");

const HOSTILE = "<script>alert(1)</script>";
const INTERACTIVE_MS = 1000;
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_STUDY_BYTES = 2.5 * 1024 * 1024;
const SCREENS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const run = (...args) => execFileSync(program, [...args, "--quiet"], { cwd: folder, stdio: "inherit" });

// A street with a station at one end, whose names nobody should have.
const hostileTown = () => {
  const street = { type: "Feature", properties: { name: HOSTILE }, geometry: { type: "LineString", coordinates: [[9.5, 47.1], [9.53, 47.1]] } };
  writeFileSync(join(folder, "streets.geojson"), JSON.stringify({ type: "FeatureCollection", features: [street] }));
  writeFileSync(join(folder, "stations.csv"), `id,name,lon,lat\n1,${HOSTILE},9.5,47.1\n`);
  writeFileSync(join(folder, "residents.csv"), "id,lon,lat,population\nnear,9.505,47.1,2\nfar,9.53,47.1,4\n");
  run("coverage", "--network", "streets.geojson", "--stations", "stations.csv", "--residents", "residents.csv", "--title", HOSTILE, "--out", "hostile");
};

const open = async (browser, name, { screen = "desk", ...more } = {}) => {
  const context = await browser.newContext({ viewport: SCREENS[screen], ...more });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  const url = pathToFileURL(resolve(folder, name, "report.html")).href;
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  const close = async () => {
    await context.close();
    assert.deepEqual(complaints, [], `${name}: what the browser had to say`);
  };
  return { page, close };
};

// Clicks that animate nothing still need a frame or two.
const settle = (page) => page.waitForTimeout(400);
const viewBox = async (page) => (await page.getAttribute("#map", "viewBox")).split(" ").map(Number);
const sum = (page, selector, key) => page.$$eval(selector, (rows, key) => rows.reduce((all, row) => all + Number(row.dataset[key]), 0), key);

const checks = {
  async "the page's numbers are those of summary.json"(browser, name) {
    const { page, close } = await open(browser, name);
    const summary = JSON.parse(readFileSync(join(folder, name, "summary.json")));
    for (const [key, people] of Object.entries(summary.population)) {
      const shown = await page.getAttribute("main", `data-${key.replaceAll("_", "-")}`);
      assert.equal(Number(shown), people, key);
    }
    const gaps = await page.$$eval("tr[data-gap]", (rows) => rows.length);
    const allGaps = Number(await page.getAttribute("main", "data-gaps"));
    assert.equal(gaps, Math.min(allGaps, 200));
    assert.equal(gaps, await page.$$eval("#map .num", (marks) => marks.length));
    if (gaps === allGaps) {
      const people = Number(await page.getAttribute("main", "data-gap-people"));
      assert.ok(Math.abs((await sum(page, "tr[data-gap]", "people")) - people) < 0.001);
    }
    assert.equal(await page.$$eval("tr[data-station]", (rows) => rows.length), summary.stations.total);
    const covered = await sum(page, "tr[data-area]", "covered");
    assert.ok(covered <= summary.population.covered + 0.001);
    assert.equal(await page.$$eval("[data-finding]", (found) => found.length), summary.findings.length);
    await close();
  },

  async "it is interactive within a second"(browser, name) {
    const { page, close } = await open(browser, name);
    const ready = Number(await page.evaluate(() => document.documentElement.dataset.ready));
    assert.ok(ready > 0 && ready < INTERACTIVE_MS, `${ready} ms`);
    console.log(`    ${ready} ms`);
    assert.ok(readFileSync(join(folder, name, "report.html")).length <= MOST_BYTES);
    await close();
  },

  async "a gap that is clicked is found on the map, and back"(browser, name) {
    const { page, close } = await open(browser, name);
    const before = await viewBox(page);
    await page.click("#gap-2 td:nth-child(2)");
    await settle(page);
    const [left, top, width, height] = await viewBox(page);
    assert.ok(width < before[2], "the map zooms in");
    const [x, y] = (await page.getAttribute("#mark-2", "transform")).match(/-?\d+/g).map(Number);
    assert.ok(x > left && x < left + width && y > top && y < top + height, "the gap is in view");
    assert.ok(await page.$eval("#mark-2", (mark) => mark.classList.contains("on")));
    await page.click(".zoom [data-zoom=all]");
    await settle(page);
    assert.deepEqual((await viewBox(page)).map(Math.round), before.map(Math.round));
    await page.click("#mark-1 circle");
    assert.ok(await page.$eval("#gap-1", (row) => row.classList.contains("on")));
    await close();
  },

  async "circles and layers are switched, without the script too"(browser, name) {
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await open(browser, name, { javaScriptEnabled });
      const shown = (selector) => page.locator(selector).first().isVisible();
      assert.deepEqual([await shown("#map .walked"), await shown("#map .straight")], [true, false]);
      await page.click("label[for=circle-line]");
      assert.deepEqual([await shown("#map .walked"), await shown("#map .straight")], [false, true]);
      await page.click("label[for=circle-both]");
      assert.deepEqual([await shown("#map .walked"), await shown("#map .straight")], [true, true]);
      await page.click("label[for=layer-gaps]");
      assert.equal(await shown("#map .numbers"), false);
      await close();
    }
  },

  async "wheel, drag and keys move the map; columns sort"(browser, name) {
    const { page, close } = await open(browser, name);
    const box = await page.locator("#map").boundingBox();
    const start = await viewBox(page);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -300);
    await settle(page);
    const near = await viewBox(page);
    assert.ok(near[2] < start[2], "the wheel zooms");
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 100, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await settle(page);
    const dragged = await viewBox(page);
    assert.ok(Math.abs(dragged[0] - near[0] - (100 * near[2]) / box.width) < near[2] / 100, "the ground follows the hand");
    await page.focus(".canvas");
    await page.keyboard.press("ArrowLeft");
    await settle(page);
    assert.ok((await viewBox(page))[0] < dragged[0]);
    const values = () => page.$$eval("#stations tbody tr", (rows) => rows.map((row) => Number(row.cells[1].dataset.v)));
    await page.click("#stations th:nth-child(2) button");
    const sorted = await values();
    assert.deepEqual(sorted, [...sorted].sort((a, b) => b - a));
    await page.click("#stations th:nth-child(2) button");
    assert.deepEqual(await values(), [...sorted].reverse().sort((a, b) => a - b));
    await close();
  },

  async "no screen is too narrow"(browser, name) {
    for (const screen of Object.keys(SCREENS)) {
      const { page, close } = await open(browser, name, { screen });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${screen}: ${wide} pixels too wide`);
      await close();
    }
  },

  async "no column is a character wide, and no date breaks"(browser, name) {
    const { page, close } = await open(browser, name, { screen: "phone" });
    const narrow = await page.$$eval("td,th", (cells) => cells.filter((cell) => {
      const [text, width] = [cell.innerText.trim(), cell.getBoundingClientRect().width];
      return width > 0 && /[\u4e00-\u9fff]{3}/.test(text) && width < 2.5 * parseFloat(getComputedStyle(cell).fontSize);
    }).map((cell) => cell.innerText));
    assert.deepEqual(narrow, []);
    const days = await page.$$eval(".day", (days) => days.filter((day) => day.getClientRects().length > 1).length);
    assert.equal(days, 0);
    await close();
  },

  async "names on the map leave room for each other"(browser, name) {
    const { page, close } = await open(browser, name);
    const boxes = await page.$$eval(".labels text", (labels) => labels.map((label) => label.getBoundingClientRect()).filter((box) => box.width > 0).map(({ left, right, top, bottom }) => [left, right, top, bottom]));
    assert.ok(boxes.length > 3, `${boxes.length} names`);
    const map = await page.$eval("#map", (map) => { const { left, right } = map.getBoundingClientRect(); return [left, right]; });
    for (const [left, right] of boxes) assert.ok(left >= map[0] - 1 && right <= map[1] + 1, "a name leaves the map");
    for (const [at, one] of boxes.entries()) for (const other of boxes.slice(at + 1)) {
      assert.ok(one[1] <= other[0] || other[1] <= one[0] || one[3] <= other[2] || other[3] <= one[2], "a name covers another");
    }
    await close();
  },

  async "pictures for people"(browser, name) {
    for (const screen of Object.keys(SCREENS)) {
      for (const colorScheme of ["light", "dark"]) {
        const { page, close } = await open(browser, name, { screen, colorScheme });
        await settle(page);
        await page.screenshot({ path: join(folder, "pictures", `${name}-${screen}-${colorScheme}.png`) });
        await close();
      }
    }
    const { page, close } = await open(browser, name);
    await page.pdf({ path: join(folder, "pictures", `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    await close();
  },
};

// The page of a study: what was asked beside coverage.
const table = (name) => {
  const [head, ...rows] = readFileSync(join(folder, name), "utf8").replace(/^\ufeff/, "").trim().split("\n").map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at]])));
};
const studies = {
  async "its numbers are those of summary.json and of its tables"(browser, name) {
    const { page, close } = await open(browser, name);
    const { provision } = JSON.parse(readFileSync(join(folder, name, "summary.json")));
    const shown = await page.$$eval("#tiers tr[data-row]", (rows) => rows.map((row) => Number(row.cells[1].dataset.v)));
    const listed = table(`${name}/tiers.csv`).map((row) => Number(row.percent));
    assert.deepEqual(shown, listed);
    for (const [at, tier] of provision.tiers.entries()) assert.ok(Math.abs(tier.share * 100 - shown[at]) < 0.006, tier.tier);
    const groups = await page.$$eval("#groups tr[data-row=within_15] td[data-v]", (cells) => cells.map((cell) => Number(cell.dataset.v)));
    assert.equal(groups.length, provision.cohorts.length);
    for (const [at, cohort] of provision.cohorts.entries()) assert.ok(Math.abs(cohort.share * 100 - groups[at]) < 0.006, cohort.cohort);
    await close();
  },

  async "a choice changes the number and the map, without the script too"(browser, name) {
    const tiers = table(`${name}/tiers.csv`);
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await open(browser, name, { javaScriptEnabled });
      const shown = async () => (await page.locator(".facts:visible .decides dd").innerText()).replace(/[^0-9.]/g, "");
      const visible = (selector) => page.locator(selector).first().isVisible();
      const everything = await shown();
      const told = () => page.evaluate(() => [...document.querySelectorAll(".scene")].filter((scene) => getComputedStyle(scene).display !== "none").map((scene) => scene.className));
      const headline = () => page.locator("h1:visible").innerText();
      const [before, said] = [await told(), await headline()];
      assert.deepEqual(before, ["scene s0", "scene s0"]);
      assert.ok(await visible("#map .walked"));
      assert.equal(await visible("#map .cells path"), false);
      await page.click("label[for=view-1]");
      const key = await page.locator(".facts:visible").getAttribute("data-view");
      assert.equal(await shown(), tiers.find((tier) => tier.tier === key).percent);
      assert.equal(await visible("#map .walked"), false);
      assert.ok(await visible("#map .cells .w1") && await visible("#map .cells .o1"));
      // A dot has no size of its own, so a browser's driver would not call it visible.
      const stations = await page.$$eval("#map .stations [data-station]", (dots) => dots.filter((dot) => getComputedStyle(dot).display !== "none").length);
      assert.equal(stations, Number(tiers.find((tier) => tier.tier === key).stations));
      // Headline, figures and curve, and the list of where people are left out, are those of the choice.
      assert.deepEqual(await told(), ["scene s1", "scene s1"]);
      assert.notEqual(await headline(), said);
      assert.ok((await headline()).includes(tiers.find((tier) => tier.tier === key).percent));
      assert.ok(await visible(".s1 .curve .line"));
      assert.equal(await visible("#gaps"), false);
      await page.click("label[for=view-0]");
      assert.equal(await shown(), everything);
      assert.deepEqual(await told(), before);
      await close();
    }
  },

  async "a row of the problem list draws a walk, and there is a way back"(browser, name) {
    const { page, close } = await open(browser, name);
    await page.click(".zoom [data-zoom=in]");
    await settle(page);
    const before = await viewBox(page);
    for (const leave of [() => page.click(".back"), () => page.keyboard.press("Escape")]) {
      await page.click("#gap-1 td:nth-child(2)");
      await settle(page);
      const [left, top, width, height] = await viewBox(page);
      assert.ok(await page.locator(".walk.on .way").isVisible());
      const box = await page.$eval(".walk.on .way", (way) => { const { x, y, width, height } = way.getBBox(); return [x, y, width, height]; });
      assert.ok(box[0] >= left && box[1] >= top && box[0] + box[2] <= left + width && box[1] + box[3] <= top + height, "the walk is in view");
      const minutes = Number(await page.getAttribute("#gap-1", "data-walk")) / 60000;
      assert.ok((await page.locator(".walk.on text").last().textContent()).includes(minutes.toFixed(1)));
      await leave();
      await settle(page);
      assert.deepEqual((await viewBox(page)).map(Math.round), before.map(Math.round));
      assert.equal(await page.locator(".walk.on").count(), 0);
    }
    await close();
  },

  async "it is small"(browser, name) {
    assert.ok(readFileSync(join(folder, name, "report.html")).length <= MOST_STUDY_BYTES);
  },
};

const hostile = async (browser) => {
  const { page, close } = await open(browser, "hostile");
  assert.equal(await page.$$eval("script", (scripts) => scripts.length), 1);
  assert.equal(await page.textContent("#gap-1 bdi"), HOSTILE);
  assert.equal(await page.textContent("tr[data-station] bdi"), HOSTILE);
  const dot = page.locator("#map [data-station]");
  await dot.hover({ force: true });
  assert.ok((await page.textContent(".hint")).startsWith(HOSTILE), "the name under the pointer is text");
  assert.equal(await page.$$eval(".hint *", (inside) => inside.length), 0);
  await close();
};

mkdirSync(join(folder, "pictures"), { recursive: true });
run("demo", "--out", "liechtenstein");
run("demo", "--out", "liechtenstein-zh", "--lang", "zh");
run("demo", "yingze", "--out", "yingze", "--lang", "zh");
hostileTown();
run("district", "--preset", "yingze", "--out", "district");
const district = ["coverage", "--network", "district/district.osm.pbf", "--stations", "district/centres.csv", "--residents", "district/residents.csv", "--areas", "district/areas.geojson"];
const asked = ["--standard", "party-centre-tiers", "--standard", "gb50180-2018", "--group", "adults", "--group", "over 70=aged_70_79+aged_80_plus:elder", "--sensitivity"];
run(...district, ...asked, "--out", "study");
run(...district, ...asked, "--out", "study-zh", "--lang", "zh", "--communities", "district/communities.csv", "--services", "all");
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
let failed = 0;
const check = async (what, test) => {
  try {
    await test();
    console.log(`ok: ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${what}\n${error.stack}`);
  }
};
for (const name of ["liechtenstein", "liechtenstein-zh", "yingze"]) {
  for (const [what, test] of Object.entries(checks)) await check(`${name}: ${what}`, () => test(browser, name));
}
for (const name of ["study", "study-zh"]) {
  for (const [what, test] of Object.entries({ ...checks, ...studies })) await check(`${name}: ${what}`, () => test(browser, name));
}
await check("a station named <script> stays text", () => hostile(browser));
await browser.close();
console.log(`pictures: ${join(folder, "pictures")}`);
process.exit(failed ? 1 : 0);
