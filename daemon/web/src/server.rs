//! The listener: connections within bounds, each answered by [`crate::request`], until it is told to stop.

use std::{io, net::SocketAddr, sync::Arc};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{House, limits, request};

/// A listener that is bound and not yet served.
#[derive(Debug)]
pub struct Serving(TcpListener);

/// Takes the address, or says why it cannot be had.
///
/// # Errors
/// The system's.
pub async fn bind(listen: SocketAddr) -> io::Result<Serving> {
    Ok(Serving(TcpListener::bind(listen).await?))
}

impl Serving {
    /// Where it listens: the port that the system chose, where none was named.
    ///
    /// # Errors
    /// The system's.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Serves until `stop`, and lets answers that are under way end.
    pub async fn run<H: House>(self, house: Arc<H>, stop: CancellationToken) {
        let room = Arc::new(Semaphore::new(limits::CONNECTIONS));
        let mut open = JoinSet::new();
        loop {
            while open.try_join_next().is_some() {}
            let permit = tokio::select! {
                () = stop.cancelled() => break,
                // The semaphore is never closed.
                permit = Arc::clone(&room).acquire_owned() => permit.ok(),
            };
            let client = tokio::select! {
                () = stop.cancelled() => break,
                client = self.0.accept() => client,
            };
            match client {
                Ok((client, _)) => {
                    open.spawn(talk(client, Arc::clone(&house), permit, stop.clone()));
                }
                Err(why) => {
                    // Too many files are open, say; a client that has gone is no trouble.
                    tracing::warn!(%why, "a connection for pages could not be taken");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        }
        let ended = async { while open.join_next().await.is_some() {} };
        if timeout(limits::PARTING, ended).await.is_err() {
            tracing::debug!("pages were still being read when the service stopped");
        }
    }
}

async fn talk<H: House>(
    client: TcpStream,
    house: Arc<H>,
    permit: Option<OwnedSemaphorePermit>,
    stop: CancellationToken,
) {
    let answer = service_fn(move |request| {
        let house = Arc::clone(&house);
        async move { timeout(limits::REQUEST, request::answer(house.as_ref(), request)).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::HEAD)
        .max_buf_size(limits::HEAD_BYTES)
        .serve_connection(TokioIo::new(client), answer);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(why) = ended {
        tracing::debug!(%why, "a connection for pages ended early");
    }
    drop(permit);
}
