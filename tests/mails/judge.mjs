// Judges every mail of a folder by every gate, prints a table, and then what is wrong where. Ends with 1 when anything is.
//
//     node judge.mjs FOLDER [--whole]
//
// With `--whole` each kind has to be there in each language.
import { GATES, judge } from "./gates.mjs";
import { gallery } from "./browser.mjs";
import { mailsOf } from "./mail.mjs";

const LANGUAGES = ["en", "ru", "bg", "et"];

const [folder, whole] = process.argv.slice(2);
const mails = mailsOf(folder);
if (!mails.length) throw new Error(`there is no mail in ${folder}`);
const verdicts = await judge(mails);
gallery(folder, mails);

const absent = whole ? missingMails() : [];
const wrong = verdicts.flatMap(({ name, gates }) => GATES.flatMap((gate) => gates[gate].map((what) => ({ name, gate, what }))));
console.log(table());
for (const name of absent) console.log(`${name}: there is no such mail`);
for (const [what, names] of together()) console.log(`${what}\n    in ${[...names].join(", ")}`);
console.log(`pictures: ${folder}/index.html`);
const failed = absent.length + new Set(wrong.map(({ name, gate }) => `${name} ${gate}`)).size;
console.log(`mail gates: ${verdicts.length * GATES.length + absent.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

function table() {
    const broad = Math.max(...verdicts.map(({ name }) => name.length));
    const line = (name, cells, bytes, score) => [name.padEnd(broad), ...cells.map((cell) => cell.padEnd(8)), bytes.padStart(5), score.padStart(5)].join(" ");
    const rows = verdicts.map(({ name, gates, bytes, score }) => {
        const cells = GATES.map((gate) => (gates[gate].length ? `${gates[gate].length} wrong` : "ok"));
        return line(name, cells, (bytes / 1000).toFixed(1), (Math.round(score * 100) / 100 || 0).toFixed(2));
    });
    return [line("mail", GATES, "kB", "score"), ...rows].join("\n");
}

/** The same mistake of many mails is said once. */
function together() {
    const names = new Map();
    for (const { name, gate, what } of wrong) {
        const said = `${gate}: ${what}`;
        names.set(said, (names.get(said) ?? new Set()).add(name));
    }
    return names;
}

function missingMails() {
    const names = new Set(mails.map(({ name }) => name));
    const kinds = new Set([...names].map((name) => name.slice(0, name.lastIndexOf("-"))));
    return [...kinds].flatMap((kind) => LANGUAGES.map((language) => `${kind}-${language}`)).filter((name) => !names.has(name));
}
