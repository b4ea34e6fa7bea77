// SpamAssassin, by its local tests alone: no network, no history of a mailbox.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MOST = 0.5;

// MIXED_ES adds a point where Latin and Cyrillic `e` are mixed, the way one letter is put in the place of another to hide a
// word. A Russian or Bulgarian mail that names an English client, or holds an address of a page, is mixed by nature; the
// rule's own authors note such a score of 0.01 for five other languages. In English and Estonian it counts in full.
const OF_THE_LANGUAGE = { ru: ["MIXED_ES"], bg: ["MIXED_ES"] };

/** For each mail, by its name, the score and why it is too high. */
export function spamScores(mails) {
    const state = mkdtempSync(path.join(tmpdir(), "spam-"));
    const script = fileURLToPath(new URL("spam_score.pl", import.meta.url));
    try {
        const said = execFileSync("perl", [script, state, ...mails.map((mail) => mail.file)], { encoding: "utf8" });
        const lines = said.trim().split("\n").map((line) => line.split("\t"));
        return new Map(mails.map((mail) => [mail.name, judged(mail, lines.find(([file]) => file === mail.file))]));
    } finally {
        rmSync(state, { recursive: true });
    }
}

function judged(mail, line) {
    if (!line) throw new Error(`SpamAssassin said nothing about ${mail.file}`);
    const hits = line[2].split(",").map((hit) => hit.split("="));
    const natural = hits.filter(([test]) => OF_THE_LANGUAGE[mail.language]?.includes(test));
    const score = natural.reduce((left, [, points]) => left - Number(points), Number(line[1]));
    const wrong = score > MOST ? [`a score of ${score.toFixed(2)}, more than ${MOST}: ${line[2]}`] : [];
    return { score, wrong };
}
