// The coordinator's console in a real browser, against a running `linka demo`:
//
//   node tests/browser/console.mjs BASE_URL NAME PASSWORD OUT_DIR
//
// Wants playwright-core and axe-core (npm install in this folder) and a Chromium: the one named by
// CHROMIUM, else the system's. It plays two workers and an operator on the demo's devices, then does what a coordinator does.
// Screenshots go to OUT_DIR. The last line says how many checks passed and failed.

import { chromium } from "playwright-core";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [base, name, password, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: node console.mjs BASE_URL NAME PASSWORD OUT_DIR");
  process.exit(2);
}
const executablePath = process.env.CHROMIUM || ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) {
  console.error("no Chromium found: install the package \"chromium\" or name one in CHROMIUM");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const run = 1000 + Math.floor(Math.random() * 90000);
const formula = '=HYPERLINK("http://example.test";"klik")';

let passed = 0, failed = 0;
function check(what, fine, detail = "") {
  if (fine) { passed += 1; return; }
  failed += 1;
  console.log(`FAILED ${what}${detail === "" ? "" : `: ${detail}`}`);
}
function includes(what, text, ...parts) {
  for (const part of parts) check(`${what}: „${part}“`, text.includes(part), text.replace(/\s+/g, " ").slice(0, 300));
}
async function until(what, test, seconds = 8) {
  for (let tries = seconds * 4; tries > 0; tries -= 1) {
    if (await test()) { check(what, true); return true; }
    await new Promise((done) => setTimeout(done, 250));
  }
  check(what, false, `not within ${seconds} s`);
  return false;
}

const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext({ baseURL: base, locale: "cs-CZ", viewport: { width: 1360, height: 900 }, bypassCSP: true });
const page = await context.newPage();
const noises = [];
page.on("pageerror", (error) => noises.push(error.message));
page.on("console", (message) => { if (message.type() === "error" && !/status of (401|403|404|422|429)/.test(message.text())) noises.push(message.text()); });
const shot = (file) => page.screenshot({ path: join(out, `console-${file}.png`), fullPage: true });
const text = (selector) => page.locator(selector).innerText();
const rows = () => page.locator("table.contacts tbody tr");

// The demo's devices, by plain forms as a browser without scripts sends them.
const stage = await browser.newContext({ baseURL: base, locale: "cs-CZ", javaScriptEnabled: false });
const devices = await stage.newPage();
let keys = 0;
const act = (path, form) => stage.request.post(`/demo/${path}`, {
  form: { device: "chat", who: "belusice", run, contact: 0, key: `console-test-${run}-${keys += 1}`, ...form },
});
const scene = (of = run) => `/demo?device=chat&who=belusice&run=${of}&contact=0`;

await act("clock", { jump: "wednesday" });
await act("write", { words: "Dobrý den, potřebuji mluvit s operátorem: bydlení v Mostě pro muže, výstup 15. 3., má psa" });
await until("the operator is asked", async () => {
  await devices.goto(scene());
  return (await devices.locator("article.operator button", { hasText: "Přijmout" }).count()) > 0;
});
await devices.locator("article.operator button", { hasText: "Přijmout" }).first().click();
await until("the operator has the contact", async () => {
  await devices.goto(scene());
  return /u operátora/.test(await devices.locator("body").innerText());
});
const jana = devices.locator("article.operator").filter({ hasText: "Jana" }).first();
await jana.locator("textarea[name=words]").fill("Dobrý den, v Mostě je volné místo od pondělí, psa berou.");
await jana.locator("button.send").click();
// A second of a tone, as a worker's voice message.
const wave = Buffer.concat([Buffer.from("RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x40\x1f\0\0", "latin1"),
  Buffer.from(Array.from({ length: 8000 }, (_, n) => 128 + Math.round(60 * Math.sin(n / 3))))]);
await stage.request.post("/demo/write", { multipart: {
  device: "chat", who: "belusice", run, contact: 0, key: `console-test-${run}-voice`, words: "", file: { name: "vzkaz.wav", mimeType: "audio/wav", buffer: wave } } });
await act("write", { run: run + 1, words: "dluhy a exekuce v Děčíně, chci mluvit s člověkem" });

// Signing in.
const door = await page.goto("/console/contacts?stage=held");
check("a stranger is sent to sign in", page.url().includes("/console/sign-in?next="), page.url());
const headers = door.headers();
includes("the policy", headers["content-security-policy"] ?? "", "default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'");
check("nothing is kept in caches", headers["cache-control"] === "no-store", headers["cache-control"]);
check("types are not guessed", headers["x-content-type-options"] === "nosniff");
check("addresses are not told on", headers["referrer-policy"] === "no-referrer");
const enter = async (user, secret) => {
  await page.fill("#name", user);
  await page.fill("#password", secret);
  await page.click("button.main");
};
await enter(name, "docela jiné heslo");
includes("a wrong password", await text("#trouble"), "Jméno nebo heslo nesouhlasí");
check("the name stays typed", (await page.inputValue("#name")) === name && (await page.inputValue("#password")) === "");
await shot("sign-in");
await enter(name, password);
check("one lands where one wanted to", page.url().endsWith("/console/contacts?stage=held"), page.url());
const cookie = (await context.cookies()).find((one) => /linka$/.test(one.name));
check("the cookie is closed to scripts and other sites", cookie?.httpOnly && cookie?.sameSite === "Strict", JSON.stringify({ ...cookie, value: "…" }));

// The list: filters, search, words.
check("a filter shows only what it names", (await rows().count()) > 0 && (await rows().locator("td:nth-of-type(5)").allInnerTexts()).every((stage_) => stage_.includes("u operátora")));
await page.goto("/console/contacts");
includes("the list", await text("table.contacts"), "Věznice Bělušice", "Most", "Děčín", "Bydlení", "Jana Vzorová");
await shot("contacts");
await page.click("details > summary");
await page.selectOption("#region", "CZ042");
await page.selectOption("#stage", "held");
await page.click("text=Použít filtry");
check("filters go into the address", /stage=held/.test(page.url()) && /region=CZ042/.test(page.url()), page.url());
includes("the held contact", await rows().first().innerText(), "Most", "Ústecký kraj");
const number = (await rows().first().locator("th a").innerText()).slice(1);
await page.goto("/console/contacts");
await page.fill("#q", `#${number}`);
await page.press("#q", "Enter");
check("a number finds one contact", (await rows().count()) === 1 && (await rows().first().innerText()).includes(`#${number}`));
await page.fill("#q", "Bělušice volné místo");
await page.press("#q", "Enter");
await page.fill("#q", "psa berou");
await page.press("#q", "Enter");
check("words of the conversation find it", (await rows().allInnerTexts()).some((row) => row.includes(`#${number}`)));
await page.goto("/console/contacts?q=nicTakovéhoTuNení");
includes("nothing found", await text(".empty"), "Takový kontakt tu není");
await page.goto("/console/contacts?stage=kdesi&from=2026-02-30");
check("a wrong filter is said", (await page.locator(".trouble").allInnerTexts()).join(" ").includes("kdesi"));
await page.goto("/console/contacts?attention=1");
check("what needs attention is open and marked", (await rows().count()) > 0 && (await page.locator("tr.look").count()) === (await rows().count()));

// One contact and its story.
const contact = `/console/contact/${number}`;
await page.goto(contact);
const story = await text("#live");
includes("the story", story, "má psa", "porozuměla zprávě", "Místo návratu: Most", "otevřeno", "Směna:", "nabídla kontakt", "Jana Vzorová", "přijímá kontakt", "psa berou");
check("ticks are words too", /✓ odesláno|✓✓ doručeno|✓✓ přečteno/.test(story));
await shot("contact");

// Review, with the original kept. An open contact has no outcome to correct: the operator closes it first.
const form = (action) => page.locator(`form[action="${contact}/${action}"]`);
check("an open contact has no outcome to correct", (await form("outcome").count()) === 0);
await devices.goto(scene());
await jana.locator("textarea[name=words]").fill("/konec jiné: zkouška");
await jana.locator("button.send").click();
await until("the contact is closed", async () => {
  await page.goto(contact);
  return (await form("outcome").count()) === 1;
});
await page.click("text=Opravit výsledek");
await form("outcome").locator("select").selectOption("placed");
await form("outcome").locator("input[name=reason]").fill(formula);
await form("outcome").locator("button").click();
includes("a corrected outcome", await text(".notice"), "Co platilo předtím");
includes("the story keeps the original", await text("#live"), "opravuje výsledek: zajištěno (původně jiné)");
await page.click("text=Opravit výsledek");
await form("outcome").locator("select").selectOption("referred");
await form("outcome").locator("button").click();
const facts = await text("aside dl");
includes("the summary", facts, "předáno službě", "původně: jiné");
includes("both corrections stand", await text("#live"), "zajištěno (původně jiné)", "předáno službě (původně zajištěno)");
await page.click("text=Opravit kraj návratu");
await form("region").locator("select").selectOption("CZ064");
await form("region").locator("button").click();
includes("a corrected region", await text("#live"), "Jihomoravský kraj (původně Most, Ústecký kraj)");
await form("review").locator("textarea").fill("Nastoupil klient opravdu?");
await page.click("text=Zeptat se operátora");
includes("a query", await text("#review"), "dotaz operátorovi");
includes("the query in the story", await text("#live"), "Nastoupil klient opravdu?");
await until("the operator is asked", async () => {
  await devices.goto(scene());
  return (await devices.locator("#desk").innerText()).includes("Nastoupil klient opravdu?");
});
await page.click("text=Zkontrolováno");
includes("reviewed", await text("#review"), "zkontrolováno");
await form("review").locator("textarea").fill("");
const empty = await context.request.post(`${contact}/review`, { form: { token: await page.inputValue("input[name=token] >> nth=0"), key: "empty-query-1", review: "queried", note: " " } });
check("a question without words is refused", empty.status() === 400, empty.status());

// A voice message is played by the page itself, under its policy, and the log says who listened.
const strict = await browser.newContext({ baseURL: base, locale: "cs-CZ", viewport: { width: 1360, height: 900 }, storageState: await context.storageState() });
const listener = await strict.newPage();
await listener.goto(contact);
const player = listener.locator(".timeline audio");
check("the voice message has a player with a name", (await player.count()) === 1 && /Hlasová zpráva/.test((await player.getAttribute("aria-label")) ?? ""));
check("looking is not listening", !(await listener.locator(".timeline").innerText()).includes("poslouchá"));
const heard = await player.evaluate((audio) => new Promise((done) => {
  audio.muted = true;
  audio.onended = () => done(`to the end, ${audio.duration} s`);
  audio.onerror = () => done(`not at all: ${audio.error.message}`);
  audio.play().catch((error) => done(String(error)));
}));
check("it is heard to its end", heard === "to the end, 1 s", heard);
await listener.reload();
includes("the log", await listener.locator(".timeline").innerText(), "alena (koordinátor) poslouchá hlasovou zprávu");
await player.scrollIntoViewIfNeeded();
await listener.screenshot({ path: join(out, "console-voice.png") });
await strict.close();

// Notes: internal, once, and only from this session.
const note = `Poznámka ${run}: volat v pondělí.`;
const token = await form("note").locator("input[name=token]").inputValue();
const key = await form("note").locator("input[name=key]").inputValue();
for (let time = 0; time < 2; time += 1) await context.request.post(`${contact}/note`, { form: { token, key, words: note } });
await page.goto(contact);
check("a form sent twice is one note", (await page.locator(".timeline .note", { hasText: note }).count()) === 1);
await devices.goto(scene());
check("the worker never sees it", !(await devices.locator("#caller").innerText()).includes(note));
const foreign = await context.request.post(`${contact}/note`, { form: { token, key: "foreign-note-1", words: "x" }, headers: { origin: "https://example.test" } });
check("another site's form is refused", foreign.status() === 403, foreign.status());
const untold = await context.request.post(`${contact}/note`, { form: { token: "x", key: "foreign-note-2", words: "x" } });
check("a form without the session's word is refused", untold.status() === 403, untold.status());
const nothing = await page.goto("/console/contact/999999");
check("an unknown number is a friendly page", nothing.status() === 404 && (await text("h1")).includes("Tady nic není"));

// The file for a spreadsheet.
const file = await context.request.get("/console/contacts.csv");
const csv = await file.text();
check("the file is a download", /attachment; filename="kontakty-/.test(file.headers()["content-disposition"] ?? ""));
check("it starts with a mark for Excel", csv.charCodeAt(0) === 0xfeff);
includes("its head", csv.split("\r\n")[0], "číslo;zahájeno;od koho;kanál");
includes("its rows", csv, `${number};`, "Jihomoravský kraj");
await page.goto(contact);
includes("the reason is kept", await text("aside dl"), formula);
const cells = csv.slice(1).split("\r\n").flatMap((line) => line.match(/("([^"]|"")*"|[^;]*)(;|$)/g) ?? []).map((cell) => cell.replace(/;$/, "").replace(/^"|"$/g, ""));
check("the formula is in it, disarmed", csv.includes(`"'=HYPERLINK(""http://example.test"";""klik"")"`));
check("no cell is a formula", cells.every((cell) => !/^[=+\-@\t\r\0]/.test(cell)), cells.find((cell) => /^[=+\-@\t\r\0]/.test(cell)));
const part = await (await context.request.get("/console/contacts.csv?region=CZ042")).text();
check("the file keeps the filter", !part.includes("Jihomoravský kraj") && part.includes("Děčín"));

// Duty and services.
await page.goto("/console/duty");
includes("duty", await text("#live"), "otevřeno", "zavřeno", "otevře", "Jana Vzorová", "Na co se podívat v příštích 30 dnech");
check("fourteen days in two weeks", (await page.locator("table.roster thead th").count()) === 2 * 8);
const gaps = await page.locator("td.bad").allInnerTexts();
check("gaps are words, not only colour", gaps.length > 0 && gaps.every((cell) => cell.includes("nikdo")), gaps.join("|"));
await page.locator(".line details > summary").first().click();
check("why, in sentences", (await page.locator(".line details li").first().innerText()).length > 10);
await shot("duty");
// The roster of a line: edits, refusals with everything typed kept, history, and the effect on the duty page.
const rule = (code) => page.locator(`#${code}`);
const opened = async (code) => {
  const box = rule(code).locator("details.adding");
  if ((await box.getAttribute("open")) === null) await box.locator("summary").first().click();
  return box.locator("form");
};
const wednesdays = (weeks) => {
  const day = new Date(`${clock}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7) + 7 * weeks);
  return day.toISOString().slice(0, 10);
};
await page.goto("/console/duty");
const clock = await page.inputValue("#dry-date");
await page.locator("article.line", { hasText: "Ústecký kraj" }).locator("a", { hasText: "Upravit rozpis" }).click();
check("the duty page leads to the roster", page.url().endsWith("/console/roster/ustecky"), page.url());
includes("the roster", await text("main"), "Záskoky a změny", "Týdenní směny", "Střídání", "Provozní doba", "Mimořádné dny", "Uzavření", "Po 9:00–15:00 Jana Vzorová");
await shot("roster");
let roster = await opened("shift");
await roster.locator("select[name=operator]").selectOption({ label: "Jana Vzorová" });
await roster.locator("input[name=day-we]").check();
await roster.locator("input[name=from]").fill("14:00");
await roster.locator("input[name=to]").fill("16:30");
await roster.locator("button.main").click();
includes("an overlap names both sides", await rule("shift").locator("[role=alert]").innerText(), "Neuložili jsme nic", "St 14:00–16:30", "Jana Vzorová", "St 9:00–15:00");
check("everything typed is kept", (await roster.locator("input[name=to]").inputValue()) === "16:30" && (await roster.locator("input[name=day-we]").isChecked())
  && (await roster.locator("select[name=operator]").inputValue()) === "jana");
check("the alert is in sight", await rule("shift").locator("[role=alert]").evaluate((box) => box.getBoundingClientRect().top >= 0 && box.getBoundingClientRect().bottom <= window.innerHeight));
await shot("roster-refused");
await roster.locator("input[name=from]").fill("15:00");
await roster.locator("button.main").click();
includes("the shift is saved", await rule("shift").innerText(), "Směna je přidaná", "St 15:00–16:30 Jana Vzorová", "mimo provozní dobu");
roster = await opened("change");
await roster.locator("select[name=off]").selectOption({ label: "Jana Vzorová" });
await roster.locator("select[name=on]").selectOption({ label: "Eva Pohádková" });
await roster.locator("input[name=from_date]").fill(wednesdays(1));
await roster.locator("input[name=from_time]").fill("2:00");
await roster.locator("input[name=to_time]").fill("3:00");
await roster.locator("button.main").click();
includes("an override of somebody not on duty is doubted", await rule("change").locator("[role=alert]").innerText(), "Opravdu to tak má být", "Jana Vzorová v té době");
await shot("roster-doubt");
await roster.locator("input[name=from_time]").fill("9:00");
await roster.locator("input[name=to_time]").fill("12:00");
await roster.locator("button.main").click();
includes("the coming days show it", await text("section.plan"), "záskok: Jana → Eva");
includes("the override is saved", await rule("change").innerText(), "Záskok je zapsaný", "Slouží Eva Pohádková, ne Jana Vzorová");
roster = await opened("closure");
await roster.locator("input[name=from_date]").fill(wednesdays(3));
await roster.locator("input[name=cs]").fill(`Malujeme ${run}`);
await roster.locator("button.main").click();
includes("the closure is saved", await rule("closure").innerText(), `Malujeme ${run}`);
roster = await opened("step");
await roster.locator("input[name=after]").fill("9");
await roster.locator("select[name=to]").selectOption({ label: "všichni ve službě" });
await roster.locator("button.main").click();
includes("a step nobody would reach is refused", await rule("step").locator("[role=alert]").innerText(), "by nepřišel na řadu", "po 8 min koordinátor");
check("the step's minutes are kept", (await roster.locator("input[name=after]").inputValue()) === "9");
await roster.locator("input[name=after]").fill("5");
await roster.locator("button.main").click();
includes("the step is saved", await rule("step").innerText(), "Krok je uložený", "Po 3 min druhý ve službě", "Po 5 min všichni ve službě", "Po 8 min koordinátor", "vždy poslední");
check("the coordinator cannot be taken away", (await rule("step").locator("details.sure").count()) === 3);
roster = await opened("line");
await roster.locator("input[name=repeat]").fill("1");
await roster.locator("button.main").click();
includes("the chain is repeated", await rule("step").innerText(), "předtím ještě 1× znovu od začátku, takže až po 16 min");
await shot("roster-steps");
// The same page in two windows: the second one is told, and keeps what was typed.
const second = await context.newPage();
await second.goto("/console/roster/ustecky");
await second.locator("#special details.adding > summary").click();
await second.fill("#special-date", wednesdays(1));
await second.fill("#special-from", "9:00");
await second.fill("#special-to", "11:00");
await page.goto("/console/roster/ustecky");
await rule("shift").locator("li", { hasText: "St 15:00" }).locator("summary").click();
await shot("roster-remove");
await rule("shift").locator("li", { hasText: "St 15:00" }).locator("button").click();
includes("a shift is removed", await rule("shift").innerText(), "Směna je odebraná");
await second.locator("#special button.main").click();
includes("a changed roster is said", await second.locator("#special [role=alert]").innerText(), "Rozpis se mezitím změnil", name);
check("what was typed stays", (await second.inputValue("#special-to")) === "11:00");
await second.locator("#special button.main").click();
includes("sent again it is taken", await second.locator("#special").innerText(), "Mimořádný den je vyhlášený");
await second.close();
await page.goto("/console/roster/ustecky");
await page.click("text=Historie změn");
includes("the history", await text("main"), name, "přibylo: St 15:00–16:30 Jana Vzorová", "ubylo: St 15:00–16:30 Jana Vzorová", "Linka je založená");
await shot("roster-history");

// People: an absence with a substitute, a cover, and where it shows.
await page.goto("/console/people");
includes("people", await text("main"), "Nepřítomnosti", "Zástupy linek", "Petr Smyšlený", "+420719000102");
roster = await opened("away");
await roster.locator("select[name=operator]").selectOption({ label: "Marie Ukázková" });
await roster.locator("input[name=from_date]").fill(wednesdays(1));
await roster.locator("button.main").click();
includes("the absence is saved", await rule("away").innerText(), "Nepřítomnost je zapsaná", "Marie Ukázková", "nikdo nezastupuje");
includes("nobody stands in", await text("section.look"), "chybí zástup", "Marie má nepřítomnost");
roster = await opened("away");
await roster.locator("select[name=operator]").selectOption({ label: "Marie Ukázková" });
await roster.locator("input[name=from_date]").fill(wednesdays(1));
await roster.locator("input[name=to_date]").fill(wednesdays(2));
await roster.locator("button.main").click();
includes("two absences of one person", await rule("away").locator("[role=alert]").innerText(), "se překrývá s nepřítomností", "Marie Ukázková");
roster = await opened("cover");
await roster.locator("select[name=of]").selectOption({ label: "Karlovarský kraj" });
await roster.locator("select[name=by]").selectOption({ label: "Ústecký kraj" });
await roster.locator("input[name=from_date]").fill(wednesdays(1));
await roster.locator("button.main").click();
includes("the cover is saved", await rule("cover").innerText(), "Karlovarský kraj má na starosti linka Ústecký kraj");

// Swaps: two operators ask each other in chat, the coordinator sees it and settles one.
includes("nobody asks for a swap", await rule("swap").innerText(), "O výměnu teď nikdo nežádá");
const [year, month, date] = wednesdays(5).split("-").map(Number);
const operatorWrites = (operator, words) => act("answer", { operator, channel: "chat", words });
await operatorWrites("jana", `vyměnit ${date}. ${month}. ${year} s Hanou`);
await operatorWrites("petr", `vyměnit ${date}. ${month}. ${year} s Klárou`);
await page.goto("/console/people");
includes("what waits is seen", await rule("swap").innerText(), "Jana Vzorová → Hana Nápodobová, Ústecký kraj", "čeká na odpověď", "Petr Smyšlený → Klára Fiktivní");
await shot("people-swaps");
const waits = rule("swap").locator("li", { hasText: "Hana Nápodobová" });
await waits.locator("summary").click();
await waits.locator("button", { hasText: "Potvrdit výměnu" }).click();
includes("the swap is settled", await rule("swap").innerText(), "Výměna platí, oba o tom dostanou zprávu", `rozhodnuto dnes`, `${name} v konzoli`);
await devices.goto(scene());
includes("both operators hear of it", await devices.locator("body").innerText(), "potvrzeno v konzoli");
await shot("people");
// Where people are reached: a phone nobody has proven is called, and the code is keyed in.
const petr = page.locator("table.crew tr", { hasText: "Petr Smyšlený" });
const points = petr.locator("ul.points li");
includes("contact points", await petr.innerText(), "ověřeno", "neověřeno");
await points.nth(2).locator("button").click();
includes("a code is sent", await text("[role=status]"), "Kód odešel");
includes("and awaited", await points.nth(2).innerText(), "čeká na kód do");
await points.nth(2).locator("button").click();
includes("not twice in a minute", await text("[role=status]"), "Nový kód teď neodešel");
await devices.goto(`/demo?device=chat&who=belusice&run=${run}&contact=1002`);
const ringing = () => devices.locator("#op-petr .ring");
await until("Petr's phone rings", async () => { await devices.reload(); return (await ringing().count()) === 1; });
const rung = await ringing().locator("input[name=about]").inputValue();
await act("ring", { operator: "petr", about: rung, press: "1" });
await devices.reload();
const spoken = await ringing().innerText();
includes("the code is read aloud", spoken, "Váš kód je", "Ještě jednou");
await devices.screenshot({ path: join(out, "console-code-by-phone.png") });
await act("ring", { operator: "petr", about: rung, press: "keys", words: /kód je ([\d, ]+)/.exec(spoken)[1].replace(/\D/g, "") });
await page.goto("/console/people");
check("the phone is proven", /ověřeno \d/.test(await points.nth(2).innerText()), await points.nth(2).innerText());
await shot("people-points");
await page.goto("/console/duty");
includes("what was told stands beside it", await text("main"), "koordinátorce posláno");
includes("what differs stands in the table", await page.locator("table.roster").allInnerTexts().then((all) => all.join(" ")), "záskok: Jana → Eva", "nepřítomnost: Marie", "mimořádně: 9:00–11:00");
await page.fill("#dry-date", wednesdays(1));
await page.fill("#dry-time", "10:15");
await page.selectOption("#dry-region", "CZ041");
await page.locator("#dry button").click();
includes("a dry run", await text("#dry"), "Dostane to Eva, pak Petr", "Zástup: Karlovarský kraj", "Záskok: místo Jany slouží Eva");
await shot("duty-dry-run");
const stillness = await browser.newContext({ baseURL: base, javaScriptEnabled: false });
await stillness.addCookies(await context.cookies());
const scriptless = await stillness.newPage();
await scriptless.goto("/console/people");
await scriptless.locator("#cover details.sure > summary").first().click();
await scriptless.locator("#cover details.sure button").first().click();
includes("rules are removed without a script", await scriptless.locator("#cover").innerText(), "Zástup linky je zrušený");
await stillness.close();

// Calendars: an address shown once and fetched by a program; a roster from a file, looked at first.
const sound = async (what) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run());
  const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  check(`axe ${what}`, bad.length === 0, bad.map((one) => `${one.id} ${one.nodes[0].target}`).join(", "));
};
const crew = (who) => page.locator("table.crew tbody tr", { hasText: who });
await page.goto("/console/people");
await crew("Jana Vzorová").locator("button", { hasText: "Vytvořit adresu" }).click();
includes("an address is made", await text("main"), "Adresa je hotová", "ukazujeme ji jen teď", "Jana Vzorová");
const first = await page.inputValue("#made");
check("it is whole and secret", new RegExp(`^${base}/calendar/[A-Za-z0-9_-]{43}\\.ics$`).test(first), first);
await shot("calendar-address");
await sound("the address of a calendar");
const program = await browser.newContext();
const fetched = await program.request.get(first);
check("a program fetches it without signing in", fetched.status() === 200 && /^text\/calendar/.test(fetched.headers()["content-type"]), fetched.status());
includes("the calendar", await fetched.text(), "BEGIN:VCALENDAR", "SUMMARY:Linka: Ústecký kraj – služba", "END:VCALENDAR");
const unchanged = await program.request.get(first, { headers: { "if-none-match": fetched.headers().etag } });
check("an unchanged one is not sent again", unchanged.status() === 304, unchanged.status());
await page.goto("/console/people");
includes("the address stands on the page, the secret does not", await crew("Jana Vzorová").innerText(), "adresa od", "Nová adresa", "Zrušit adresu");
await shot("people-calendar");
check("a secret is shown once", !(await page.content()).includes(first.slice(-47)));
await crew("Jana Vzorová").locator("button", { hasText: "Nová adresa" }).click();
includes("a new address", await text("main"), "Předchozí od teď neplatí");
const later = await page.inputValue("#made");
check("the old address is dead", (await program.request.get(first)).status() === 404 && (await program.request.get(later)).status() === 200);
await page.goto("/console/people");
await crew("Jana Vzorová").locator("button", { hasText: "Zrušit adresu" }).click();
includes("a revoked address", await text(".notice"), "Adresa kalendáře je zrušená");
// The PIN an operator proves with, on the phone, who speaks.
await page.goto("/console/people");
await crew("Jana Vzorová").locator("button", { hasText: "Vytvořit PIN" }).click();
includes("a PIN is made", await text("main"), "PIN je hotový", "ukazujeme ho jen teď", "Jana Vzorová");
const firstPin = await page.inputValue("#made");
check("it has six digits", /^\d{6}$/.test(firstPin), firstPin.length);
await shot("operator-pin");
await sound("the PIN of an operator");
await page.goto("/console/people");
includes("there is a PIN", await crew("Jana Vzorová").innerText(), "Nový PIN", "Zrušit PIN");
check("a PIN is shown once", !(await page.content()).includes(firstPin));
await shot("people-pin");
await crew("Jana Vzorová").locator("button", { hasText: "Nový PIN" }).click();
includes("a new PIN", await text("main"), "Předchozí od teď neplatí");
await page.goto("/console/people");
await crew("Jana Vzorová").locator("button", { hasText: "Zrušit PIN" }).click();
includes("a PIN that is taken away", await text(".notice"), "PIN je zrušený");
// Codes that bring people in.
await page.goto("/console/people");
await crew("Jana Vzorová").locator("button", { hasText: "Pozvat" }).click();
includes("an invitation is made", await text("main"), "Kód je hotový", "ukazujeme ho jen teď", "Jana Vzorová");
const invited = await page.inputValue("#made");
check("a code reads well", /^[2-9A-Y]{4}-[2-9A-Y]{4}$/.test(invited), invited);
check("the words for a text message", (await page.inputValue("#words")) === `kód ${invited}`);
await shot("invitation");
await sound("an invitation");
await page.goto("/console/people");
includes("an open invitation", await text("#invite"), "Jana Vzorová", "jednou", name);
check("a code is shown once", !(await page.content()).includes(invited));
await page.locator("#invite li", { hasText: "Jana Vzorová" }).locator("summary").click();
await page.locator("#invite li", { hasText: "Jana Vzorová" }).locator("button").click();
includes("a revoked invitation", await text(".notice"), "Kód je zrušený");
check("it is gone", !(await page.locator("#invite .rulelist").count()) || !(await text("#invite .rulelist")).includes("Jana Vzorová"));
const prison = await page.locator("#invite-guest option[value^='prison:']").first().getAttribute("value").catch(() => null);
if (prison) {
  await page.selectOption("#invite-guest", prison);
  await page.locator("#invite button", { hasText: "Vytvořit kód" }).click();
  await page.locator("a", { hasText: "Otevřít leták" }).click();
  includes("a sheet for a prison", await text(".poster"), "Linka spolupráce", "kód ", "Is a client leaving");
  await shot("poster");
  await sound("a sheet for a prison");
}
// Numbers the line does not answer.
const blocked = page.locator("#blocked");
const blocks = async (number, why) => {
  await page.goto("/console/people");
  await blocked.locator("details").evaluate((details) => { details.open = true; });
  await blocked.locator("input[name=number]").fill(number);
  await blocked.locator("input[name=reason]").fill(why);
  await blocked.locator("button.main").click();
};
await blocks("+420 719 000 101", "omylem");
includes("whoever serves is not blocked", await blocked.innerText(), "Tohle číslo má na lince Jana");
await shot("blocked-refused");
await blocks("+2357*", "volá naprázdno");
includes("a number is blocked", await blocked.innerText(), "Číslo je zablokované", "+2357*", "volá naprázdno");
await shot("blocked");
await sound("blocked numbers");
await blocked.locator("summary", { hasText: "Odebrat" }).click();
await blocked.locator("button", { hasText: "Opravdu odebrat" }).click();
includes("a number is let in again", await blocked.innerText(), "Číslo už blokované není");
const dead = await program.request.get(later);
check("and dead it is", dead.status() === 404 && (await dead.text()).includes("Tenhle kalendář tu není"), dead.status());
await program.close();
const compact = (weeks, time) => `${wednesdays(weeks).replaceAll("-", "")}T${time}00`;
const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:browser-1-${run}\r\nSUMMARY:Služba – Hana Nápodobová\r\nDTSTART;TZID=Europe/Prague:${compact(4, "0900")}\r\nDTEND;TZID=Europe/Prague:${compact(4, "1500")}\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\n`
  + `BEGIN:VEVENT\r\nUID:browser-2-${run}\r\nSUMMARY:Eva Pohádkvá\r\nDTSTART:${compact(5, "0900")}\r\nDTEND:${compact(5, "1200")}\r\nEND:VEVENT\r\n`
  + `BEGIN:VEVENT\r\nUID:browser-3-${run}\r\nSUMMARY:Jana\r\nDTSTART:${compact(5, "2000")}\r\nDTEND:${compact(5, "2100")}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
await page.goto("/console/roster/ustecky");
await page.click("text=Nahrát rozpis z kalendáře (.ics)");
await sound("the import");
await page.setInputFiles("#file", { name: "rozpis.ics", mimeType: "text/calendar", buffer: Buffer.from(ics) });
await until("a chosen file is in the field", async () => (await page.inputValue("#text")).includes("BEGIN:VCALENDAR"));
await shot("roster-import");
await page.click("text=Ukázat, co se změní");
includes("the preview", await text("main"), "Zatím se nic nezapsalo", "Každý týden St 9:00–15:00: Hana Nápodobová", "Navíc slouží: Jana Vzorová", "je linka zavřená", "Nepřevezmeme", "„Eva Pohádkvá“ nikdo nezná", "Mysleli jste „Eva Pohádková“?", "řádek 10");
await shot("roster-import-preview");
await sound("the preview of an import");
await page.click("text=Zapsat do rozpisu");
await shot("roster-imported");
includes("the import is written", await text("main"), "Rozpis z kalendáře je zapsaný", "St 9:00–15:00 Hana Nápodobová");
await page.goto("/console/roster/ustecky/import");
await page.fill("#text", ics);
await page.click("text=Ukázat, co se změní");
includes("the same file again", await text("main"), "V rozpise by se nezměnilo nic", "Už v rozpise je");
check("there is nothing to write", (await page.locator("button[name=write]").count()) === 0);
await page.fill("#text", "jméno;den");
await page.click("text=Ukázat, co se změní");
includes("no calendar", await page.locator("[role=alert]").innerText(), "Tohle není kalendář");
check("what was put in stays", (await page.inputValue("#text")) === "jméno;den");

await page.goto("/console/services?q=noclehárna");
check("services are found", (await page.locator("table.services tbody tr").count()) > 0 && (await text("table.services")).includes("ověřeno"));
await shot("services");

// Fresh without a reload, and without a script at all.
await page.goto("/console/contacts");
const before = await rows().count();
await act("write", { run: run + 2, words: "noclehárna v Teplicích na dnešní noc" });
await until("a new contact appears by itself", async () => (await rows().count()) > before);
const plain = await browser.newContext({ baseURL: base, javaScriptEnabled: false });
await plain.addCookies(await context.cookies());
const still = await plain.newPage();
await still.goto("/console/contacts?stage=held");
await still.fill("#q", "Bělušice");
await still.press("#q", "Enter");
check("everything works without a script", still.url().includes("q=B%C4%9Blu%C5%A1ice"), still.url());

// Languages.
await page.goto(contact);
await page.click("text=English");
check("the page in English", (await page.getAttribute("html", "lang")) === "en" && (await text("nav.menu")).includes("Contacts"));
includes("the story in English", await text("#live"), "understood the message", "corrected the outcome");
await page.click("text=Česky");
check("and back in Czech", (await page.getAttribute("html", "lang")) === "cs");

// Accessibility, in light and dark, wide and narrow.
for (const [scheme, width] of [["light", 1360], ["dark", 1360], ["light", 400]]) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: 900 });
  for (const path of ["/console", "/console/contacts?stage=held", contact, "/console/duty", "/console/roster/ustecky", "/console/roster/ustecky/history", "/console/roster/ustecky/import", "/console/people", "/console/services", "/console/contact/999999"]) {
    await page.goto(path);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run());
    const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    check(`axe ${path} ${scheme} ${width}`, bad.length === 0, bad.map((one) => `${one.id} ${one.nodes[0].target}`).join(", "));
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    check(`nothing sticks out of ${path} at ${width}`, wider <= 0, `${wider} px`);
  }
  await page.goto("/console");
  await shot(`overview-${scheme}-${width}`);
}
await page.emulateMedia({ colorScheme: "light" });
await page.setViewportSize({ width: 1360, height: 900 });

// Signing out, and guessing.
await page.goto("/console");
await page.click("text=Odhlásit");
check("signed out", page.url().endsWith("/console/sign-in"), page.url());
const old = await context.request.get("/console", { headers: { cookie: `${cookie.name}=${cookie.value}` }, maxRedirects: 0 });
check("the old cookie opens nothing", old.status() === 303, old.status());
for (let guess = 0; guess < 5; guess += 1) await context.request.post("/console/sign-in", { form: { name: `nikdo-${run}`, password: "hádám" } });
const held = await context.request.post("/console/sign-in", { form: { name: `nikdo-${run}`, password: "hádám" } });
check("after five guesses one has to wait", held.status() === 429 && (await held.text()).includes("Příliš mnoho pokusů"), held.status());
check("the browser has nothing to complain about", noises.length === 0, noises.join(" | "));

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
