// Every gate, over all mails at once: what is slow to start is started once.
import { besides, sizes } from "./mail.mjs";
import { differences } from "./facts.mjs";
import { readAll } from "./browser.mjs";
import { markupErrors } from "./markup.mjs";
import { spamScores } from "./spam.mjs";
import { unknownToPrograms } from "./clients.mjs";

export const GATES = ["parts", "size", "markup", "programs", "spam", "facts", "axe", "narrow", "remote"];

/** For each mail what is wrong by each gate (nothing is an empty list), its size and its score. */
export async function judge(mails) {
    const parts = new Map(mails.map((mail) => [mail.name, besides(mail)]));
    const markup = markupErrors(mails);
    const spam = spamScores(mails);
    const shown = await readAll(mails);
    return mails.map((mail) => {
        const seen = shown.get(mail.name);
        const gates = {
            parts: parts.get(mail.name),
            size: sizes(mail),
            markup: markup.get(mail.name),
            programs: unknownToPrograms(mail),
            spam: spam.get(mail.name).wrong,
            facts: differences(mail, seen),
            axe: seen.axe,
            narrow: seen.narrow,
            remote: seen.remote,
        };
        return { name: mail.name, bytes: Buffer.byteLength(mail.html), score: spam.get(mail.name).score, gates };
    });
}
