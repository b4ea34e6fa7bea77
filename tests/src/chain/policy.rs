//! What Postfix asks at each step of a mail (its policy delegation protocol), and is told by the test: a greylist, a
//! refusal, or nothing for as long as the test needs.

use std::{
    collections::{HashMap, VecDeque},
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
};

/// Steps at which Postfix asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Recipient,
    /// DATA was said, and is not answered yet.
    Data,
    /// The final dot was seen, and is not answered yet.
    End,
}

/// The service; it ends with the process of the test.
#[derive(Debug)]
pub struct Policy {
    pub(super) port: u16,
    orders: Arc<Mutex<HashMap<Step, VecDeque<Order>>>>,
    /// Says that Postfix waits for an answer that it will not get.
    pub held: mpsc::Receiver<()>,
}

#[derive(Debug)]
enum Order {
    Answer(String),
    Hold,
}

impl Policy {
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let orders = Arc::<Mutex<HashMap<Step, VecDeque<Order>>>>::default();
        let (holding, held) = mpsc::channel();
        let serving = Arc::clone(&orders);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (orders, holding) = (Arc::clone(&serving), holding.clone());
                // A client that is killed is no error.
                thread::spawn(move || talk(&client, &orders, &holding).ok());
            }
        });
        Ok(Self { port, orders, held })
    }

    /// The next mail that comes to this step gets this answer, such as `451 4.7.1 Greylisted`.
    pub fn answer_next(&self, step: Step, action: &str) {
        self.order(step, Order::Answer(action.to_owned()));
    }

    /// The next mail that comes to this step stops there.
    pub fn hold_next(&self, step: Step) {
        self.order(step, Order::Hold);
    }

    fn order(&self, step: Step, order: Order) {
        let mut orders = self.orders.lock().expect("no thread panics while it holds the lock");
        orders.entry(step).or_default().push_back(order);
    }
}

fn talk(
    client: &TcpStream,
    orders: &Mutex<HashMap<Step, VecDeque<Order>>>,
    holding: &mpsc::Sender<()>,
) -> io::Result<()> {
    let mut lines = BufReader::new(client).lines();
    let mut say = client;
    let mut step = None;
    while let Some(line) = lines.next().transpose()? {
        match line.strip_prefix("protocol_state=") {
            Some("RCPT") => step = Some(Step::Recipient),
            Some("DATA") => step = Some(Step::Data),
            Some("END-OF-MESSAGE") => step = Some(Step::End),
            _ if !line.is_empty() => {}
            _ => {
                let next = |step| orders.lock().expect("no thread panics here").get_mut(&step)?.pop_front();
                match step.take().and_then(next) {
                    None => say.write_all(b"action=DUNNO\n\n")?,
                    Some(Order::Answer(action)) => {
                        say.write_all(format!("action={action}\n\n").as_bytes())?;
                    }
                    Some(Order::Hold) => {
                        // The test may have gone.
                        let _ = holding.send(());
                        // Until Postfix goes away.
                        let _ = lines.next();
                        return Ok(());
                    }
                }
            }
        }
    }
    Ok(())
}
