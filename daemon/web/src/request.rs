//! One request: its token, its nonce and its origin are proven, then the house is asked. Every doubt ends in the same
//! refusal, so that nobody learns from it what would have been right.

use std::collections::BTreeMap;

use http_body_util::{BodyExt, Limited};
use hyper::{
    HeaderMap, Method, Request, StatusCode,
    body::{Body, Bytes},
};
use jiff::Timestamp;

use crate::{
    Answer, House, HouseFault, Keyring, Page, Pressed, Scope, Step, What, digest,
    limits::BODY_BYTES,
    nonce::{self, Nonce},
    origin,
    reply::{self, Reply},
};

/// What mail programs send to get off a list, without having seen a page (RFC 8058).
const ONE_CLICK: (&str, &str) = ("List-Unsubscribe", "One-Click");

/// Answers one request.
pub(crate) async fn answer<H: House, B>(house: &H, request: Request<B>) -> Reply
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    match answered(house, request).await {
        Ok(reply) => reply,
        Err(HouseFault) => reply::page(StatusCode::SERVICE_UNAVAILABLE, house.trouble()),
    }
}

async fn answered<H: House, B>(house: &H, request: Request<B>) -> Result<Reply, HouseFault>
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let is_post = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return Ok(reply::no_such_method(house.refusal())),
    };
    let now = house.now();
    let Some(door) = Door::of(house, &request, now).await? else { return Ok(refused(house)) };
    if !is_post {
        return Ok(reply_of(house, house.show(door.page).await?));
    }
    let (head, body) = request.into_parts();
    let Some(fields) = form(&head.headers, body).await else { return Ok(refused(house)) };
    let is_one_click = fields.get(ONE_CLICK.0).is_some_and(|value| value == ONE_CLICK.1);
    if is_one_click && door.page.scope.what == What::OneADay {
        return Ok(reply_of(house, house.fewer(door.page).await?));
    }
    if !origin::is_ours(&head.headers, &door.origin) {
        return Ok(refused(house));
    }
    let used = fields.get("nonce").map(String::as_str).unwrap_or_default();
    let step = match nonce::check(&door.keys, &door.token, used, now) {
        Nonce::Good(step) => step,
        // A page that stood open overnight is no attack: it is shown as it is now.
        Nonce::Stale => return Ok(reply_of(house, house.show(door.page).await?)),
        Nonce::Forged => return Ok(refused(house)),
    };
    let nonce = digest(used.as_bytes());
    Ok(reply_of(house, house.hear(Pressed { page: door.page, step, nonce, fields }).await?))
}

/// A request whose token is good.
struct Door {
    keys: Keyring,
    origin: String,
    token: String,
    page: Page,
}

impl Door {
    async fn of<H: House, B>(
        house: &H,
        request: &Request<B>,
        now: Timestamp,
    ) -> Result<Option<Self>, HouseFault> {
        // A proxy may have left the public address's own path, or taken it away: the token is what comes last.
        let token = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
        let Some((keys, origin)) = house.keys().await? else { return Ok(None) };
        let Some(scope) = keys.open(&token, now) else { return Ok(None) };
        let Some(page) = page(&keys, &token, scope, request.uri().query(), now) else { return Ok(None) };
        Ok(Some(Self { keys, origin, token, page }))
    }
}

fn page(keys: &Keyring, token: &str, scope: Scope, query: Option<&str>, now: Timestamp) -> Option<Page> {
    let asked = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let open = asked.filter(|(name, _)| name == "to").map(|(_, value)| value.into_owned()).last();
    let made = |step| nonce::make(keys, token, step, now);
    Some(Page { scope, first: made(Step::First)?, again: made(Step::Again)?, open, now })
}

/// The fields of a form; `None` for what is none, or too long.
async fn form<B>(headers: &HeaderMap, body: B) -> Option<BTreeMap<String, String>>
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let kind = headers.get(hyper::header::CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return None;
    }
    let bytes = Limited::new(body, BODY_BYTES).collect().await.ok()?.to_bytes();
    Some(form_urlencoded::parse(&bytes).into_owned().collect())
}

fn reply_of<H: House>(house: &H, answer: Answer) -> Reply {
    match answer {
        Answer::Page(html) => reply::page(StatusCode::OK, html),
        Answer::Lacks(html) => reply::page(StatusCode::UNPROCESSABLE_ENTITY, html),
        Answer::Refused => refused(house),
    }
}

fn refused<H: House>(house: &H) -> Reply {
    reply::page(StatusCode::NOT_FOUND, house.refusal())
}

#[cfg(test)]
mod tests;
