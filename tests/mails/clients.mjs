// Which mail programs a letter has to be right in, and what it may use although one of them knows it only half.
//
// What each program knows is caniemail's table. A feature that all of PROGRAMS know is free to use. One that a program
// lacks, or knows in part only, fails, unless DEGRADES says what its reader sees then; that has to be good enough.
import { caniemail, rawData } from "caniemail";
import { clientNames } from "./node_modules/caniemail/dist/clients.js";

// What the staff and clients of a company in Bulgaria, Estonia, Britain or where Russian is spoken read mail in.
// `outlook.windows` lays out with Word's engine; the new Outlook for Windows is Outlook.com's page in a frame. Left out:
// Windows Mail (Microsoft ended it in 2024, the new Outlook replaced it) and Gmail's page for the browser of a phone.
const PROGRAMS = [
    "apple-mail.ios", "apple-mail.macos",
    "gmail.android", "gmail.desktop-webmail", "gmail.ios",
    "mail-ru.desktop-webmail",
    "outlook.android", "outlook.ios", "outlook.macos", "outlook.outlook-com", "outlook.windows",
    "samsung-email.android",
    "thunderbird.macos",
];

const DEGRADES = {
    "<ul>, <ol> and <dl>": "a `ul` without attributes; only the drawing of `type` and `dl` differs",
    "@media": "without it the letter is light and has wide margins; the table of 100 % width still fits a phone",
    "<body> element": "some pages put a `div` in its place: the ground's colour stands on the outer table as well",
    "<style> element": "it holds the dark and the narrow look only; every element carries its own style",
    "align attribute": "Outlook for macOS ignores it on tables, where only captions and cells bear it here",
    "background": "colours only",
    "border": "one pixel, on table cells, and on the line between items, which is missed by nobody",
    "border-radius": "a button has square corners in Word",
    "dir attribute": "the shipped languages run from left to right, and no link bears it",
    "display": "`none` for the preheader, `inline-block` for a button, which else is a little lower",
    "display:none": "the preheader holds no table and no picture",
    "font-size": "in pixels only",
    "font-weight": "400 and 600 only: Word knows normal and bold",
    "height property": "on table cells only",
    "line-height": "Word takes it as a least height, so lines stand a little looser",
    "margin": "positive, between paragraphs and headings",
    "max-width": "Word takes the width from the attribute; elsewhere a table of 100 % width is asked for",
    "padding": "on table cells; on a button and a notice, which in Word are narrower; on lists, which Word insets more",
    "text-align": "`start` is not known everywhere: the `align` attribute says left, and no shipped language runs the other way",
    "text-decoration": "`none` on a button, whose words are underlined where it is not known",
    "width attribute": "in pixels and per cent, on tables and cells",
    "width property": "on tables and cells only",
    "word-break": "phones and web pages break long words by themselves, as `break-word` asks",
};

// The package's list of programs forgets Outlook.com, which its data knows.
if (!clientNames.includes("outlook.outlook-com")) clientNames.push("outlook.outlook-com");
const missing = PROGRAMS.filter((program) => !clientNames.includes(program));
if (missing.length) throw new Error(`caniemail does not know ${missing.join(", ")}`);
for (const { stats } of rawData.data) {
    for (const [family, platform] of PROGRAMS.map((program) => program.split("."))) {
        // Not tested by anybody counts as known in part: somebody has to think about it.
        (stats[family] ??= {})[platform] ??= { never: "u" };
    }
}

/** What the HTML uses that a program lacks and DEGRADES does not speak of. */
export function unknownToPrograms({ html }) {
    const { issues } = caniemail({ clients: PROGRAMS, html });
    const programs = new Map();
    for (const [how, found] of [["not known to", issues.errors], ["known in part to", issues.warnings]]) {
        for (const [program, features] of found) {
            for (const { title } of features.filter(({ title }) => !(title in DEGRADES))) {
                const known = `${title} is ${how}`;
                programs.set(known, (programs.get(known) ?? new Set()).add(program));
            }
        }
    }
    return [...programs].map(([known, those]) => `${known} ${[...those].join(", ")}`);
}
