// The mails in a real browser: what it shows, whether everybody can read it, and how it looks. One browser for all.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const DESKS = 2;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
];

// `rules`: what axe looks at. The dark and the narrow look differ from the light one in colours and sizes only.
const only = (rule) => ({ runOnly: { type: "rule", values: [rule] } });

// `reset` and `invert` stand for mail programs that know no dark look and make their own (Gmail's and Outlook's on phones):
// the sheet of the head is dropped, as they do, and Chromium turns the colours.
const VIEWS = [
    { name: "light", width: 760, scheme: "light", rules: {} },
    { name: "dark", width: 760, scheme: "dark", rules: only("color-contrast") },
    { name: "forced-dark", width: 760, scheme: "light", reset: "style", invert: true },
    { name: "narrow", width: 320, scheme: "light", rules: only("target-size") },
    { name: "narrow-dark", width: 320, scheme: "dark" },
    { name: "no-styles", width: 760, scheme: "light", reset: "style, [style]" },
];
export const VIEW_NAMES = VIEWS.map((view) => view.name);

/** What the browser finds in each mail, by its name. The profile is its own, and nothing is left of it afterwards. */
export async function readAll(mails) {
    const profile = mkdtempSync(path.join(tmpdir(), "browser-"));
    const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ARGUMENTS });
    try {
        const waiting = [...mails];
        const found = new Map();
        const work = async () => {
            const desk = await Desk.of(context);
            for (let mail = waiting.shift(); mail; mail = waiting.shift()) found.set(mail.name, await desk.read(mail));
        };
        await Promise.all(Array.from({ length: DESKS }, work));
        return found;
    } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
    }
}

/** Where one mail after the other is opened. */
class Desk {
    static async of(context) {
        const page = await context.newPage();
        const desk = Object.assign(new Desk(), { page, devtools: await context.newCDPSession(page), asked: [] });
        await page.route(/^(?!file:)/, (route) => route.abort());
        page.on("request", (request) => desk.asked.push(request.url()));
        return desk;
    }

    /** What the browser finds in the mail, and what is wrong with it; each view becomes a picture beside the mail. */
    async read(mail) {
        const found = { words: "", links: [], axe: [], narrow: [], remote: [] };
        for (const view of VIEWS) {
            await this.open(mail, view);
            if (view.name === "light") Object.assign(found, await this.page.evaluate(told));
            if (view.rules) found.axe.push(...(await this.axe(view)));
            if (view.width === 320) found.narrow.push(...(await this.tooWide(view.name)));
            await this.page.screenshot({ path: mail.beside(`.${view.name}.png`), fullPage: true });
        }
        return { ...found, remote: this.strangers(mail) };
    }

    async open(mail, { width, scheme, reset, invert }) {
        await this.devtools.send("Emulation.setAutoDarkModeOverride", invert ? { enabled: true } : {});
        await this.page.setViewportSize({ width, height: 600 });
        await this.page.emulateMedia({ colorScheme: scheme });
        await this.page.goto(pathToFileURL(mail.beside(".html")).href);
        if (reset) await this.page.evaluate(strip, reset);
    }

    async axe({ name, rules }) {
        await this.page.evaluate(AXE);
        const { violations } = await this.page.evaluate((rules) => globalThis.axe.run(document, rules), rules);
        const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
        return grave.map(({ id, impact, help, nodes }) => `${name}: ${id} (${impact}): ${help}: ${nodes[0].html.slice(0, 100)} and ${nodes.length - 1} more`);
    }

    async tooWide(view) {
        const [width, room] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        return width > room ? [`${view}: ${width} pixels wide, where there are ${room}`] : [];
    }

    /** A mail loads nothing: no picture that tells who reads it, no sheet. */
    strangers(mail) {
        const own = pathToFileURL(mail.beside(".html")).href;
        const strangers = new Set(this.asked.filter((url) => url !== own));
        this.asked = [];
        return [...strangers].map((url) => `asks for ${url}`);
    }
}

/** Runs in the page: every word, hidden ones too, and each link. */
function told() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) words.push(walker.currentNode.data);
    return { words: words.join(" "), links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")) };
}

/** Runs in the page: away with the sheets, or with the styles of the elements too. */
function strip(what) {
    for (const meta of document.querySelectorAll("meta[name$=color-schemes], meta[name=color-scheme]")) meta.remove();
    for (const element of document.querySelectorAll(what)) {
        if (element.localName === "style") element.remove();
        else element.removeAttribute("style");
    }
}

/** A page that shows all pictures: a row for each mail, a column for each view. */
export function gallery(folder, mails) {
    const row = ({ name }) => `<tr><th scope="row">${name}</th>${VIEW_NAMES.map((view) => `<td><img src="${name}.${view}.png" alt="${view}"></td>`).join("")}</tr>`;
    const head = VIEW_NAMES.map((view) => `<th scope="col">${view}</th>`).join("");
    const style = "td, th { vertical-align: top; padding: 4px; font: 14px sans-serif } img { max-width: 380px; border: 1px solid #bbb }";
    const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>The mails of kaizend</title><style>${style}</style><table><tr><td></td>${head}</tr>${mails.map(row).join("\n")}</table></html>`;
    writeFileSync(path.join(folder, "index.html"), page);
}
