//! Which versions of the contract this daemon serves.
//!
//! From 1.0.0 on the contract only grows, so an older plugin of the same major version always fits. Before it,
//! the minor version takes the major's place, as semver says.

use super::Refused;

/// The version of `plugin-sdk/wit/check.wit` that the host was built with.
pub(crate) const CONTRACT: &str = "0.1.0";

/// `whose` names the place that asks for `version`, for the message.
pub(super) fn check_version(whose: &str, version: &str) -> Result<(), Refused> {
    let ours = parse(CONTRACT).expect("the daemon's own contract version is three numbers");
    let Some(theirs) = parse(version) else {
        return Err(Refused::OddVersion { whose: whose.to_owned(), version: version.to_owned() });
    };
    let line = |(major, minor, _): (u64, u64, u64)| if major == 0 { (0, minor) } else { (major, 0) };
    let version = version.to_owned();
    match line(theirs).cmp(&line(ours)) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Refused::OldContract { version }),
        std::cmp::Ordering::Greater => Err(Refused::NewContract { version }),
    }
}

fn parse(version: &str) -> Option<(u64, u64, u64)> {
    let release = version.split(['-', '+']).next()?;
    let mut numbers = release.split('.').map(str::parse::<u64>);
    let parsed = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    numbers.next().is_none().then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_line_fits_and_other_lines_say_which_side_is_old() {
        for fits in ["0.1.0", "0.1.7", "0.1.0-rc1"] {
            assert!(check_version("it", fits).is_ok(), "{fits}");
        }
        assert!(matches!(check_version("it", "0.0.9"), Err(Refused::OldContract { .. })));
        for newer in ["0.2.0", "1.0.0"] {
            assert!(matches!(check_version("it", newer), Err(Refused::NewContract { .. })), "{newer}");
        }
        for odd in ["", "1", "0.1", "0.1.0.0", "v0.1.0"] {
            assert!(matches!(check_version("it", odd), Err(Refused::OddVersion { .. })), "{odd}");
        }
    }

    #[test]
    fn the_constant_is_the_version_of_the_contract_file() {
        let wit = include_str!("../../../../plugin-sdk/wit/check.wit");
        assert!(wit.contains(&format!("package kaizend:check@{CONTRACT};")));
    }
}
