//! What somebody wrote himself: a reply without the mail that it answers, and without its signature.

/// Lines after which nothing is the writer's own.
const ENDS: [&str; 8] = [
    "-- ",
    "--",
    "-----Original Message-----",
    "-----Исходное сообщение-----",
    "________________________________",
    "From: ",
    "От: ",
    "Saatja: ",
];

/// How a line ends that says whose words follow.
const WROTE: [&str; 5] = ["wrote:", "пишет:", "написал:", "написа:", "kirjutas:"];

/// The writer's own lines, above or below what is quoted.
pub(super) fn own_words(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().take_while(|line| !ends(line)).collect();
    let mut own: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let attribution = attribution(&lines[at..]);
        if attribution > 0 {
            at += attribution;
            continue;
        }
        if !line.trim_start().starts_with('>') {
            own.push(line.trim_end());
        }
        at += 1;
    }
    own.join("\n").trim().to_owned()
}

fn ends(line: &str) -> bool {
    ENDS.iter().any(|end| if end.ends_with(": ") { line.starts_with(end) } else { line == *end })
}

/// How many of the first lines say whose words follow: programs break them.
fn attribution(lines: &[&str]) -> usize {
    let says = |line: &str| WROTE.iter().any(|wrote| line.trim_end().ends_with(wrote));
    let broken = |line: &str| line.starts_with("On ") || line.contains('<') || line.contains(',');
    match lines {
        [first, ..] if says(first) => 1,
        [first, second, ..] if broken(first) && says(second) => 2,
        _ => 0,
    }
}
