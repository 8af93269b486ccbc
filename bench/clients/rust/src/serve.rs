// SPDX-License-Identifier: MIT
//! The side of a client that faces the benchmark, as bench/README.md has it:
//! reads lines, runs operations in threads, takes the time, writes answers.

use std::error::Error;
use std::io::{stdin, stdout, Write};
use std::process::exit;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

pub type Fallible<T> = Result<T, Box<dyn Error>>;

#[derive(Clone, Copy)]
pub enum Where {
    Host,
    Vm,
}

/// A connection for the life of the program, used by one thread at a time.
/// Operations return how many times they were done, which may be more than
/// asked for.
pub trait Client: Send + Sized {
    fn open(place: Where) -> Fallible<Self>;
    /// Finds an operation, if there is a way to do it.
    fn operation(name: &str) -> Option<Operation<Self>>;
    /// What the fields of the objects came to that were asked for last.
    fn fields(&self) -> Option<u64> {
        None
    }
}

pub type Operation<C> = fn(&mut C, usize, u64) -> Fallible<u64>;

/// What one thread did.
struct Done {
    start: Instant,
    end: Instant,
    count: u64,
}

fn work<C: Client>(run: Operation<C>, connection: &mut C, payload: usize, count: u64) -> Done {
    let start = Instant::now();
    // Other threads may be at work: only the end of the program ends them.
    let count = run(connection, payload, count).unwrap_or_else(|e| {
        eprintln!("{}: {e}", env!("CARGO_BIN_NAME"));
        exit(1)
    });
    Done {
        start,
        end: Instant::now(),
        count,
    }
}

/// `count` is what all connections do together, each in a thread of its own;
/// a single one in this thread.
fn answer<C: Client>(
    run: Operation<C>,
    connections: &mut [C],
    payload: usize,
    count: u64,
) -> Fallible<String> {
    let threads = connections.len() as u64;
    let done: Vec<Done> = if let [connection] = connections {
        vec![work(run, connection, payload, count)]
    } else {
        let all_started = Barrier::new(connections.len());
        let all_started = &all_started;
        thread::scope(|scope| {
            let workers: Vec<_> = (0..)
                .zip(connections)
                .map(|(i, connection)| {
                    let share = count / threads + u64::from(count % threads > i);
                    scope.spawn(move || {
                        all_started.wait();
                        work(run, connection, payload, share)
                    })
                })
                .collect();
            workers
                .into_iter()
                .map(|w| w.join())
                .collect::<Result<_, _>>()
        })
        .map_err(|_| "a thread panicked")?
    };
    let start = done.iter().map(|d| d.start).min().ok_or("no threads")?;
    let end = done.iter().map(|d| d.end).max().ok_or("no threads")?;
    let count: u64 = done.iter().map(|d| d.count).sum();
    Ok(format!("{} {count}", end.duration_since(start).as_nanos()))
}

fn serve_line<C: Client>(line: &str, place: Where, connections: &mut Vec<C>) -> Fallible<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, payload, threads, count] = words[..] else {
        return Err(format!("not understood: {line}").into());
    };
    let Some(run) = C::operation(name) else {
        return Ok("unsupported".into());
    };
    let (payload, threads, count): (usize, usize, u64) =
        (payload.parse()?, threads.parse()?, count.parse()?);
    if threads == 0 || count == 0 {
        return Err(format!("not understood: {line}").into());
    }
    while connections.len() < threads {
        connections.push(C::open(place)?);
    }
    let mut text = answer(run, &mut connections[..threads], payload, count)?;
    if let Some(fields) = connections[0].fields() {
        text += &format!(" {fields}");
    }
    Ok(text)
}

/// Serves standard input until it ends.
pub fn serve<C: Client>(library: &str) -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let place = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["host"] => Where::Host,
        ["vm"] => Where::Vm,
        _ => return Err(concat!("usage: ", env!("CARGO_BIN_NAME"), " host|vm").into()),
    };
    let mut line = String::new();
    let mut out = stdout();

    writeln!(out, "{library}, rustc {}", env!("RUSTC_VERSION"))?;
    // Now, so that no line has to: traces are read from line to line.
    let mut connections = vec![C::open(place)?];
    loop {
        out.flush()?;
        line.clear();
        if stdin().read_line(&mut line)? == 0 {
            return Ok(());
        }
        let answer = serve_line::<C>(line.trim_end(), place, &mut connections)?;
        writeln!(out, "{answer}")?;
    }
}
