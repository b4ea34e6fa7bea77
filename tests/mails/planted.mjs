// A gate that cannot fail is none: plants one mistake for each gate in a mail that is right, and expects that gate to
// see it. Ends with 1 when one does not.
//
//     node planted.mjs MAIL.eml FOLDER
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { GATES, judge } from "./gates.mjs";
import { mailOf } from "./mail.mjs";

const SPAM = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
const MISTAKES = {
    parts: "",
    size: `<p>${"long ".repeat(20000)}</p>`,
    markup: "<h5>A level that nothing leads to</h5>",
    programs: '<div style="display: grid">A grid</div>',
    spam: `<p>${SPAM}</p>`,
    facts: '<p>4711, and <a href="https://shop.example/">a page</a></p>',
    axe: '<p style="color: #ddd; background-color: #fff">Pale</p>',
    narrow: '<div style="width: 700px">Broad</div>',
    remote: '<img alt="" src="https://shop.example/seen.png">',
};

const [right, folder] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const verdicts = await judge(GATES.map(planted));
const blind = verdicts.filter(({ name, gates }) => !gates[name].length).map(({ name }) => name);
for (const gate of blind) console.log(`${gate}: does not see ${MISTAKES[gate]}`);
console.log(`planted mistakes: ${GATES.length - blind.length} passed, ${blind.length} failed`);
process.exitCode = blind.length ? 1 : 0;

function planted(gate) {
    const mail = mailOf(right);
    const [head] = mail.raw.split(/\r?\n\r?\n/, 1);
    const boundary = `--${mail.boundary}`;
    const part = (type, words) => `${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines(words)}`;
    const html = mail.html.replace("</body>", `${MISTAKES[gate]}</body>`);
    const file = path.join(folder, `${gate}.eml`);
    writeFileSync(file, `${head}\r\n\r\n${part("text/plain", mail.text)}${part("text/html", html)}${boundary}--\r\n`, "latin1");
    if (gate === "parts") writeFileSync(path.join(folder, "parts.html"), mail.html.replace("<p", "<p hidden"));
    return mailOf(file);
}

function lines(words) {
    return Buffer.from(words).toString("base64").replace(/.{1,76}/g, "$&\r\n");
}
