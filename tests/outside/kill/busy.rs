//! A company that keeps the daemon busy, and the daemon on it, started to be killed.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use kaizend_tests::{Company, Sink};

use super::Aim;

/// Connections to the sink, as many as one would allow to a relay on the same machine.
const AT_ONCE: usize = 8;

/// Seven checks that find 25 new things of 25 owners every second: many mails. One that finds 1,000 old things of
/// changed evidence every second: commits of many pages.
pub(super) fn company(sink: &Sink) -> Company {
    let company = Company::default();
    company.sql(
        "create table numbers (n integer primary key);
         with recursive c(n) as (select 0 union all select n + 1 from c where n < 999) insert into numbers select n from c;
         delete from staff where id <> 'boss';
         insert into staff (id, name, email, manager, language) select 'p' || n, 'Person ' || n, 'p' || n || '@test.example', 'boss', 'en'
         from numbers where n < 25;",
    );
    let port = sink.address.port();
    let transport = format!(
        r#"{{ kind = "smtp", host = "127.0.0.1", port = {port}, tls = "none", at-once = {AT_ONCE} }}"#
    );
    company.configure("baseline = \"tell\"", &transport);
    let text = fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    let text = text.replace("\"0 8 * * *\"", "\"every 1s\"");
    // Hundreds of mails to three people within minutes.
    let text = text.replace("[mail]\n", "[mail]\nlimits = { per-hour-to-address = 100000 }\n");
    let (head, check) = text.split_once("[checks.late]").expect("one check");
    let (head, dataset) = head.split_once("[datasets.promises]").expect("one dataset of promises");
    let (dataset, rest) = dataset.split_once("[datasets.staff]").expect("one dataset of staff");
    let orders = "select id, client, owner, what, promised, kept from orders";
    let query = |id: &str, owner: &str, below: u32| {
        let query = format!(
            "select {id} as id, 'c' as client, {owner} as owner, 'seen ' || strftime('%s', :now) as what, \
             date(:now, '-3 days') as promised, null as kept from numbers where n < {below}"
        );
        dataset.replace(orders, &query)
    };
    let fresh = query("strftime('%s', :now) || '-' || n", "'p' || n", 25);
    let old = query("'old-' || n", "'boss'", 1000);
    let mut text = format!("{head}[datasets.promises]{fresh}[datasets.old]{old}[datasets.staff]{rest}");
    for number in 0..7 {
        text += &format!("[checks.late-{number}]{check}\n");
    }
    text += &format!("[checks.old]{}\n", check.replace("promises = \"promises\"", "promises = \"old\""));
    company.write("kaizend.toml", &text);
    company
}

/// Starts the daemon; with [`Aim::Commit`] under strace, which kills it at some later write of a page.
pub(super) fn start(company: &Company, aim: Aim, round: usize) -> Child {
    let daemon = company.kaizend(&["serve", "--log", "json"]);
    let mut command = match aim {
        Aim::Commit => killed_at_a_write(&daemon, &super::wal(company), 200 + (round * 137) % 1200),
        Aim::HeldAnswer | Aim::Whenever => daemon,
    };
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the daemon starts, under strace: apt-get install -y strace")
}

/// The same command, killed at the entry of the n-th write to the write-ahead log: a frame is two of them.
fn killed_at_a_write(daemon: &Command, wal: &Path, n: usize) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e"]);
    strace.arg(format!("inject=pwrite64:signal=KILL:when={n}")).arg("-P").arg(wal);
    strace.arg(daemon.get_program()).args(daemon.get_args());
    if let Some(folder) = daemon.get_current_dir() {
        strace.current_dir(folder);
    }
    for (name, value) in daemon.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    strace
}

/// Kills it at once.
pub(super) fn kill(mut daemon: Child) {
    // One that strace has killed is gone already.
    let _ = daemon.kill();
    daemon.wait().expect("it is gone");
}
