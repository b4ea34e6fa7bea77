// The HTML is right by the W3C's checker. One call for all mails, because the virtual machine's start takes longest.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const CHECKER = String(createRequire(import.meta.url)("vnu-jar"));

/** The errors of each mail, by its name. */
export function markupErrors(mails) {
    const files = mails.map((mail) => mail.beside(".html"));
    const options = ["-Xss1m", "-jar", CHECKER, "--errors-only", "--exit-zero-always", "--stdout", "--format", "json"];
    const said = execFileSync("java", [...options, ...files], { maxBuffer: 1 << 28 });
    const wrong = new Map(mails.map((mail) => [mail.name, []]));
    for (const { url, lastLine, message, extract } of JSON.parse(said).messages) {
        const name = path.basename(fileURLToPath(url), ".html");
        wrong.get(name).push(`line ${lastLine}: ${message} \`${extract.replace(/\s+/g, " ").slice(0, 80)}\``);
    }
    return wrong;
}
