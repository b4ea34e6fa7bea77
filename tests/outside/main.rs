//! kaizend as its users meet it: the binary, real files, real servers.
//!
//! Everything here goes through the command line or over the wire; what can be tested lower is tested there.

mod acting;
mod audit;
mod author;
mod baseline;
mod could_not_look;
mod demo;
mod docs;
mod evidence;
mod export;
mod first_orders;
mod from_mail;
mod full_disk;
mod heartbeat;
mod hostile;
mod kill;
mod ledger;
mod letters;
mod northwind;
mod outbox;
mod people;
mod real_chain;
mod recorded;
mod replies;
mod serve;
mod status;
mod tidiness;
mod timelines;
mod tls;
mod unit;
