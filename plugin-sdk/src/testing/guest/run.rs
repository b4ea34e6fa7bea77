//! The look's instant, its parameters, and what is kept between runs.

use super::playing;

pub(crate) fn now() -> i64 {
    playing(|playing| playing.look.now.micros())
}

pub(crate) fn today() -> i32 {
    now().div_euclid(86_400_000_000) as i32
}

pub(crate) fn param(name: &str) -> Option<String> {
    playing(|playing| playing.look.params.get(name).cloned())
}

pub(crate) fn state_get(key: &str) -> Option<Vec<u8>> {
    playing(|playing| playing.told.state.get(key).cloned())
}

pub(crate) fn state_set(key: &str, value: Option<&[u8]>) -> Result<(), String> {
    playing(|playing| match value {
        Some(value) => drop(playing.told.state.insert(key.to_owned(), value.to_owned())),
        None => drop(playing.told.state.remove(key)),
    });
    Ok(())
}
