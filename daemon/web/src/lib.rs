//! Pages behind signed links: what people say from a mail, without a login, a cookie or a script.
//!
//! This room proves that a request may be heard: the token in its path was signed here and is not too old, the page
//! that it comes from was shown for that very token, and no other site made the browser send it. What is shown, and what
//! a word means, it asks the [`House`]. Nothing that a GET asks for changes anything, and whatever is not in order
//! gets the same answer.

mod digest;
mod house;
mod keyring;
mod limits;
mod nonce;
mod origin;
mod reply;
mod request;
mod scope;
mod server;
mod settings;
mod token;

pub use digest::digest;
pub use house::{Answer, House, HouseFault, Page, Pressed};
pub use keyring::{Key, Keyring, NoRandomness, Secret};
pub use nonce::Step;
pub use scope::{Scope, What};
pub use server::{Serving, bind};
pub use settings::Settings;
pub use token::LIFE;
