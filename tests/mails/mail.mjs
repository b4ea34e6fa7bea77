// A mail as it is sent: taken apart without a mail library, because the letters have one shape only
// (`multipart/alternative` of a plain and an HTML part). Another shape is an error, said with the file's name.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The mails of a folder: each `<kind>-<language>.eml` or, from a demo, any `.eml`. */
export function mailsOf(folder) {
    const names = readdirSync(folder).filter((name) => name.endsWith(".eml"));
    return names.sort().map((name) => mailOf(path.join(folder, name)));
}

export function mailOf(file) {
    const raw = readFileSync(file, "latin1");
    const name = path.basename(file, ".eml");
    const [head, body] = split(raw);
    const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
    if (!boundary) throw new Error(`${file} has no boundary: is it multipart/alternative?`);
    const parts = body.split(`--${boundary}`).slice(1, -1).map(decode);
    const [text, html] = ["text/plain", "text/html"].map((type) => parts.find((part) => part.type === type));
    if (parts.length !== 2 || !text || !html) throw new Error(`${file} is not one plain and one HTML part`);
    const language = /^content-language:\s*(\S+)/im.exec(head)?.[1];
    const beside = (ending) => path.join(path.dirname(file), name + ending);
    return { name, file, raw, language, boundary, text: text.words, html: html.words, beside };
}

function split(raw) {
    const at = /\r?\n\r?\n/.exec(raw);
    return [raw.slice(0, at.index).replace(/\r?\n[ \t]+/g, " "), raw.slice(at.index + at[0].length)];
}

function decode(part) {
    const [head, body] = split(part.replace(/^\r?\n/, ""));
    const type = /^content-type:\s*([^;\s]+)/im.exec(head)?.[1];
    const coding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase() ?? "7bit";
    const bytes = { "quoted-printable": quoted, base64: (words) => Buffer.from(words, "base64"), "7bit": plain, "8bit": plain }[coding];
    if (!bytes) throw new Error(`an unknown transfer encoding: ${coding}`);
    return { type, words: bytes(body).toString("utf8").replace(/\r\n/g, "\n") };
}

const plain = (body) => Buffer.from(body, "latin1");
const quoted = (body) =>
    plain(body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, byte) => String.fromCharCode(parseInt(byte, 16))));

/**
 * What `mail preview` wrote beside the mail has to be what the mail holds. What a demo did not write is written, for
 * the tools that want a file.
 */
export function besides(mail) {
    const wrong = [];
    for (const [ending, words] of [[".html", mail.html], [".txt", mail.text]]) {
        const file = mail.beside(ending);
        if (!existsSync(file)) writeFileSync(file, words);
        else if (readFileSync(file, "utf8").replace(/\r\n/g, "\n").trim() !== words.trim()) wrong.push(`${path.basename(file)} is not what the mail holds`);
    }
    return wrong;
}

const KILOBYTES = 80;
const LINE = 998;

/** HTML of at most 80 kB, lines of at most 998 bytes (RFC 5322), in what is sent and in what comes out of it. */
export function sizes({ raw, html, text }) {
    const wrong = [];
    const bytes = Buffer.byteLength(html);
    if (bytes > KILOBYTES * 1000) wrong.push(`the HTML has ${bytes} bytes, more than ${KILOBYTES} kB`);
    for (const [where, lines] of [["the mail", raw], ["the text", text]]) {
        const longest = Math.max(...lines.split(/\r?\n/).map((line) => Buffer.byteLength(line, where === "the mail" ? "latin1" : "utf8")));
        if (longest > LINE) wrong.push(`a line of ${where} has ${longest} bytes, more than ${LINE}`);
    }
    return wrong;
}
