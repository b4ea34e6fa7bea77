//! The rooms, connected as one plan says: what a look, a telling and a delivery work with.
//!
//! A reload makes new rooms beside the old ones; runs that are under way end on the plan they began with.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail};
use jiff::Timestamp;
use kaizend_core::{
    domain::{DatasetName, Person, RunId, Trigger},
    policy::calendar::Calendar,
};
use kaizend_host::{Host, Plugin, WorkingTime};
use kaizend_mail::Transport;
use kaizend_source::{Binds, Source};
use kaizend_store::{Begin, Holder, Start, Started, Store};
use kaizend_text::{Brand, Stationery, Voice, Words};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    config::{self, Check, Dataset, Plan},
    people::Directory,
    words,
    working_time::Hours,
};

/// A run's lease outlives its wall limit by this; then another process may take the check over.
const LEASE_MARGIN: Duration = Duration::from_secs(60);

/// Everything connected. Nothing in it changes but the store.
pub struct Rooms {
    pub plan: Arc<Plan>,
    pub host: Arc<Host>,
    pub store: Store,
    pub words: Words,
    pub stationery: Stationery,
    pub transport: Transport,
    pub holder: Holder,
    /// Looks hide what was not known at their moment: a simulation of the past.
    pub as_known: bool,
    /// Looks take what the looks of this store saw, and read no data: a simulation of the past.
    pub recorded: Option<Store>,
    plugins: BTreeMap<String, Plugin>,
    sources: BTreeMap<String, Source>,
    permits: BTreeMap<String, Arc<Semaphore>>,
}

/// The sandbox, with its cache of compiled plugins where systemd, or the user, has a place for caches.
pub fn host() -> anyhow::Result<Host> {
    let place = |name: &str| std::env::var_os(name).map(PathBuf::from);
    // A folder of its own: the engine removes from it whatever it does not know.
    let cache_dir = place("CACHE_DIRECTORY")
        .or_else(|| place("XDG_CACHE_HOME").map(|cache| cache.join("kaizend")))
        .or_else(|| place("HOME").map(|home| home.join(".cache/kaizend")))
        .map(|cache| cache.join("plugins"));
    Host::new(kaizend_host::Settings { cache_dir, ..Default::default() })
        .context("the sandbox cannot be set up")
}

impl Rooms {
    /// Compiles the plugins and opens nothing else: sources are opened by each look.
    pub fn connect(plan: Arc<Plan>, host: Arc<Host>, store: Store) -> anyhow::Result<Self> {
        let load = |(name, plugin): (&String, &config::Plugin)| Ok((name.clone(), load(&host, plugin)?));
        let plugins: BTreeMap<_, _> = plan.plugins.iter().map(load).collect::<anyhow::Result<_>>()?;
        let (words, stationery) = words::of(&plan);
        make_spool(&plan.spool)?;
        let source = |(name, source): (&String, &config::Source)| {
            let spool = plan.spool.settings.clone();
            (name.clone(), Source::new(name.clone(), source.settings.clone()).with_spool(spool))
        };
        Ok(Self {
            words,
            stationery,
            transport: Transport::new(plan.mail.transport.clone())?,
            holder: Holder::this_process(),
            as_known: false,
            recorded: None,
            plugins,
            sources: plan.sources.iter().map(source).collect(),
            permits: plan
                .sources
                .iter()
                .map(|(name, source)| (name.clone(), Arc::new(Semaphore::new(source.at_once))))
                .collect(),
            plan,
            host,
            store,
        })
    }

    /// Carries over what checks found under an earlier name (`renamed-from`). Said again, it moves nothing.
    pub async fn adopt_renamed(&self) -> anyhow::Result<()> {
        for check in self.plan.checks.values() {
            if let Some(before) = &check.renamed_from {
                self.store.rename_check(before, &check.id).await?;
            }
        }
        Ok(())
    }

    /// Begins a run, or says who is running the check.
    pub async fn start_run(
        &self,
        check: &Check,
        trigger: Trigger,
        queued: Option<RunId>,
        now: Timestamp,
    ) -> anyhow::Result<RunId> {
        let started = self
            .store
            .start_run(Start {
                check: check.id.clone(),
                by: queued.map_or(Begin::Now(trigger), Begin::Requested),
                holder: self.holder.clone(),
                now,
                lease_until: now.checked_add(check.limits.wall + LEASE_MARGIN)?,
                parallel: check.overlap == kaizend_core::policy::schedule::Overlap::Parallel,
            })
            .await?;
        match started {
            Started::Run(run) => Ok(run),
            Started::Leased { by, until, .. } => {
                bail!("{} is being run by process {by}, at most until {until}; try again then", check.id)
            }
            Started::Gone { .. } => {
                bail!("the run of {} that was asked for was taken by another process", check.id)
            }
        }
    }

    /// Waits until each source of the check has room for one more run. Always in the same order, so that two
    /// checks cannot wait for each other.
    pub async fn source_permits(&self, check: &Check) -> Vec<OwnedSemaphorePermit> {
        let names: BTreeSet<&str> =
            check.datasets.values().flatten().map(|name| self.dataset(name).source.as_str()).collect();
        let mut permits = Vec::new();
        for semaphore in names.into_iter().filter_map(|name| self.permits.get(name)) {
            // The semaphores are never closed.
            permits.extend(Arc::clone(semaphore).acquire_owned().await.ok());
        }
        permits
    }

    /// What queries see of the clock.
    pub fn binds(&self, now: Timestamp, known_at: Option<Timestamp>) -> Binds {
        Binds { now, since: None, zone: self.plan.company.zone.clone(), known_at }
    }

    /// A dataset of the plan, which was validated: each name that is used has its dataset.
    pub fn dataset(&self, name: &DatasetName) -> &Dataset {
        self.plan.datasets.get(name).expect("a validated plan names only datasets that it has")
    }

    pub fn source(&self, name: &str) -> &Source {
        self.sources.get(name).expect("a validated plan names only sources that it has")
    }

    pub fn plugin(&self, check: &Check) -> &Plugin {
        self.plugins.get(&check.plugin).expect("a validated plan names only plugins that it has")
    }

    /// The name under which the check's plugin has its words.
    pub fn scope(&self, check: &Check) -> &str {
        &self.plugin(check).manifest().id
    }

    pub fn calendar(&self) -> Calendar {
        self.plan.company_calendar()
    }

    /// The working time of one person: see [`config::Calendars::of`].
    pub fn calendar_of(&self, person: &Person) -> Calendar {
        self.plan.calendars.of(person)
    }

    /// Working time as plugins ask for it: the company's, and that of each person.
    pub fn working_time(&self, directory: &Arc<Directory>) -> Arc<dyn WorkingTime> {
        Arc::new(Hours { plan: Arc::clone(&self.plan), directory: Arc::clone(directory) })
    }

    /// In whose language and time a person is told; the company's for what they have not. A person's own zone
    /// wins over that of their calendar.
    pub fn voice(&self, person: Option<&Person>) -> Voice {
        let company = &self.plan.company;
        let language = person.and_then(|person| person.language.clone());
        let zone = person.and_then(|person| self.plan.calendars.zone_of(person));
        Voice::new(
            language.unwrap_or_else(|| company.language.clone()),
            zone.unwrap_or_else(|| company.zone.clone()),
        )
    }

    pub fn brand(&self) -> Brand {
        self.plan.brand()
    }
}

/// The folder for what is read apart, where it is ours to make.
fn make_spool(spool: &config::Spool) -> anyhow::Result<()> {
    let Some(folder) = spool.settings.dir.as_deref().filter(|_| spool.is_usual) else { return Ok(()) };
    std::fs::create_dir_all(folder).with_context(|| {
        format!("cannot make {} for temporary files: name another with `[spool] folder`", folder.display())
    })
}

fn load(host: &Host, plugin: &config::Plugin) -> anyhow::Result<Plugin> {
    let shown = plugin.path.display();
    let bytes = std::fs::read(&plugin.path).with_context(|| format!("cannot read the plugin {shown}"))?;
    let loaded = host.load(&bytes).with_context(|| format!("the plugin {shown} is refused"))?;
    if loaded.sha256() != plugin.sha256 {
        bail!("the plugin {shown} changed while the configuration was read: start again");
    }
    Ok(loaded)
}
