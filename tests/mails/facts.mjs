// Both parts of a mail tell the same: whoever reads only one of them misses no number, date, reference or page.

/** Words with a digit, without what stands around them; addresses of pages are compared apart. */
function factsOf(words) {
    const tokens = words.replace(ADDRESS, " ").split(/[\s\u00a0\u202f]+/u);
    const bare = tokens.filter((token) => /\d/u.test(token)).map((token) => token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
    return new Set(bare);
}

const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"]+/gu;

/** `shown` is what the browser finds in the HTML: its words (the hidden preheader too) and where its links lead. */
export function differences({ text }, shown) {
    const inText = { facts: factsOf(text), links: new Set(text.match(ADDRESS) ?? []) };
    const inHtml = { facts: factsOf(shown.words), links: new Set(shown.links) };
    const wrong = [];
    for (const what of ["facts", "links"]) {
        for (const [here, there, where] of [[inText, inHtml, "text"], [inHtml, inText, "HTML"]]) {
            const only = [...here[what]].filter((one) => !there[what].has(one));
            if (only.length) wrong.push(`${what} in the ${where} only: ${only.join(", ")}`);
        }
    }
    return wrong;
}
