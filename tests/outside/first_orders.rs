//! A first order gets one severity more: one check counts the orders of each client, and a route uses that for what
//! another check finds.

use kaizend_tests::Company;
use serde_json::Value;

const SECTIONS: &str = r#"
[plugins.best-client-contact]
file = "best-client-contact.wasm"

[datasets.placed]
source = "shop"
query = "select id, client, date(promised, '-60 days') as date, 1.0 as revenue from orders"
key = ["id"]
columns = { date = { type = "date" } }

[checks.best]
plugin = "best-client-contact"
schedule = "30 8 * * *"
datasets = { orders = "placed" }
fallback = "boss"

[[routes]]
name = "first orders"
match = { check = "late", client = { orders = "1" } }
severity = "+1"
"#;

/// A client's only order is overdue, and so is one of another client's two.
fn company() -> Company {
    let company = Company::new(&format!("baseline = \"tell\"\n{SECTIONS}"));
    company.sql(
        "insert into orders values (1, 'new', 'ann', 'order 1', date('now', '-3 days'), null),
                                   (2, 'old', 'ann', 'order 2', date('now', '-3 days'), null),
                                   (3, 'old', 'ann', 'order 3', date('now', '-9 days'), date('now', '-10 days'));",
    );
    company
}

/// How much the overdue orders 1 and 2 matter.
fn severities(company: &Company) -> [Value; 2] {
    let findings = company.findings();
    ["1", "2"].map(|order| findings[order]["severity"].clone())
}

#[test]
fn the_first_order_of_a_client_matters_more_than_the_next() {
    let company = company();
    company.run();
    let [new, old] = severities(&company);
    assert_eq!(new, old, "nobody has counted the orders yet");
    let usual = old;

    company.json(&["run", "best"]);
    company.run();
    let [new, old] = severities(&company);
    assert_eq!(old, usual, "who ordered before is no new client");
    assert_eq!((usual.as_str(), new.as_str()), (Some("normal"), Some("high")));

    // The second order has come, and been counted.
    company.sql("insert into orders values (4, 'new', 'ann', 'order 4', date('now', '+50 days'), null)");
    company.json(&["run", "best"]);
    company.run();
    assert_eq!(severities(&company), [usual.clone(), usual]);
}
