// SPDX-License-Identifier: MIT
//! Talks to the Generic Netlink family `gnl_foobar_xmpl` through neli: Rust
//! enums become commands and attributes, typed structs become messages. It
//! shows what is left to the program.
//!
//! ```text
//! build   cargo build --release --manifest-path examples/rust/Cargo.toml
//! run     examples/rust/target/release/xmpl-rust [--message TEXT] [ROLE]
//! ```
//!
//! neli has two sockets. [`NlSocketHandle`], used here, sends and receives;
//! sequence numbers are ours to check. `NlRouter` does that too, in a thread of
//! its own, but in neli 0.7.5 it waits for an answer without a time limit and
//! hands out refusals without their extended ACK.

use std::error::Error;
use std::io::{stdout, ErrorKind, Write};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::process::ExitCode;

use neli::consts::genl::{Cmd, CtrlAttr, CtrlCmd, NlAttrType};
use neli::consts::nl::{GenlId, NlmF, Nlmsg, NlmsgerrAttr};
use neli::consts::socket::NlFamily;
use neli::err::SocketError;
use neli::genl::{AttrTypeBuilder, Genlmsghdr, GenlmsghdrBuilder, NlattrBuilder};
use neli::nl::{NlPayload, Nlmsghdr, NlmsghdrBuilder};
use neli::socket::synchronous::NlSocketHandle;
use neli::types::{Buffer, GenlBuffer, NlBuffer};
use neli::utils::Groups;
use nix::errno::Errno;
use nix::sys::socket::{connect, setsockopt, sockopt::ReceiveTimeout, NetlinkAddr};
use nix::sys::time::{TimeVal, TimeValLike};

const GREETING: &str = "Hello World from Rust user program (using neli)!";
const TIMEOUT_SECONDS: i64 = 5;

// What include/gnl_foobar_xmpl.h says.
const FAMILY_NAME: &str = "gnl_foobar_xmpl";
const VERSION: u8 = 1;
const MSG_LEN_MAX: usize = 4096;
const DUMP_COUNT: usize = 3;

#[neli::neli_enum(serialized_type = "u8")]
pub enum Command {
    Unspec = 0,
    EchoMsg = 1,
    ReplyWithNlmsgErr = 2,
}
impl Cmd for Command {}

#[neli::neli_enum(serialized_type = "u16")]
pub enum Attribute {
    Unspec = 0,
    Msg = 1,
}
impl NlAttrType for Attribute {}

/// A generic netlink message with commands `C` and attributes `A`.
type Message<C, A> = Nlmsghdr<u16, Genlmsghdr<C, A>>;
type Fallible<T> = Result<T, Box<dyn Error>>;

/// Prints a line. Texts in it go through [`quoted`] first.
macro_rules! say {
    ($($arg:tt)*) => { writeln!(stdout(), "[User-Rust] {}", format_args!($($arg)*)) };
}

/// Quotes a text, which may come from anybody: what a terminal could take for
/// a command is written as \xNN.
fn quoted(text: &[u8]) -> String {
    let escaped: String = text
        .iter()
        .map(|&byte| match byte {
            b' '..=b'~' if byte != b'\\' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect();
    format!("'{escaped}'")
}

/// The name and the meaning of the negative errno in an answer.
fn explain(error: i32) -> String {
    let errno = Errno::from_raw(error.wrapping_neg());
    format!("{errno:?} ({})", errno.desc())
}

/// A string attribute without its NUL, which has to be the last byte. (As a
/// `String`, neli would cut off the last byte whatever it is.)
fn string<A: NlAttrType>(attrs: &GenlBuffer<A, Buffer>, wanted: A) -> Fallible<Vec<u8>> {
    let attrs = attrs.get_attr_handle();
    let attr = attrs
        .get_attribute(wanted)
        .ok_or(format!("the answer lacks attribute {wanted:?}"))?;
    match attr.nla_payload().as_ref().split_last() {
        Some((0, text)) if !text.contains(&0) => Ok(text.to_vec()),
        _ => Err(format!("attribute {wanted:?} is not a string").into()),
    }
}

struct Client {
    socket: NlSocketHandle,
    family: u16,
    seq: u32,
}

impl Client {
    fn open() -> Fallible<Self> {
        // None: the kernel gives us a port number that nobody else has.
        let socket = NlSocketHandle::connect(NlFamily::Generic, None, Groups::empty())?;
        socket.enable_ext_ack(true)?;

        // Two things that neli does not do: a time limit, and connect(2) to
        // port 0, the kernel. A privileged process may write to a netlink socket
        // that is not connected, and neli does not tell who the sender was.
        // SAFETY: the socket is open for as long as `fd` is used.
        let fd = unsafe { BorrowedFd::borrow_raw(socket.as_raw_fd()) };
        setsockopt(&fd, ReceiveTimeout, &TimeVal::seconds(TIMEOUT_SECONDS))?;
        connect(socket.as_raw_fd(), &NetlinkAddr::new(0, 0))?;

        let mut client = Client {
            socket,
            family: 0,
            seq: 0,
        };
        client.family = client.resolve()?;
        Ok(client)
    }

    /// Asks the controller, whose number is fixed, for that of our family.
    fn resolve(&mut self) -> Fallible<u16> {
        self.send(
            GenlId::Ctrl.into(),
            NlmF::empty(),
            CtrlCmd::Getfamily,
            CtrlAttr::FamilyName,
            FAMILY_NAME,
        )?;
        let answer = self.receive_one::<CtrlCmd, CtrlAttr>()?;
        match answer.nl_payload() {
            NlPayload::Payload(reply) if *reply.cmd() == CtrlCmd::Newfamily => {
                let attrs = reply.attrs().get_attr_handle();
                Ok(attrs.get_attr_payload_as(CtrlAttr::FamilyId)?)
            }
            NlPayload::Err(e) if *e.error() == -(Errno::ENOENT as i32) => Err(format!(
                "generic netlink family '{FAMILY_NAME}' is not registered: \
                 load the module (sudo insmod kernel-mod/{FAMILY_NAME}.ko), \
                 or run in the VM: ./build_and_run.sh"
            )
            .into()),
            other => Err(unexpected(other)),
        }
    }

    /// Sends a request with one string attribute.
    fn send<C: Cmd, A: NlAttrType>(
        &mut self,
        family: u16,
        flags: NlmF,
        cmd: C,
        attribute: A,
        text: &str,
    ) -> Fallible<()> {
        let attr = NlattrBuilder::default()
            .nla_type(AttrTypeBuilder::default().nla_type(attribute).build()?)
            .nla_payload(text)
            .build()?;
        let genl = GenlmsghdrBuilder::default()
            .cmd(cmd)
            .version(VERSION)
            .attrs(GenlBuffer::from_iter([attr]))
            .build()?;
        self.seq += 1;
        let message = NlmsghdrBuilder::default()
            .nl_type(family)
            .nl_flags(NlmF::REQUEST | flags)
            .nl_seq(self.seq)
            .nl_pid(self.socket.pid())
            .nl_payload(NlPayload::Payload(genl))
            .build()?;
        Ok(self.socket.send(&message)?)
    }

    fn send_text(&mut self, flags: NlmF, cmd: Command, text: &str) -> Fallible<()> {
        self.send(self.family, flags, cmd, Attribute::Msg, text)
    }

    /// Receives a datagram, which may hold several messages.
    fn receive<C: Cmd, A: NlAttrType>(&self) -> Fallible<NlBuffer<u16, Genlmsghdr<C, A>>> {
        let messages = loop {
            match self.socket.recv_all() {
                Ok((messages, _groups)) => break messages,
                Err(SocketError::Io(e)) if e.kind() == ErrorKind::Interrupted => {}
                Err(SocketError::Io(e)) if e.kind() == ErrorKind::WouldBlock => {
                    return Err(format!("no answer within {TIMEOUT_SECONDS} seconds").into());
                }
                Err(e) => return Err(e.into()),
            }
        };
        let ours = |m: &Message<C, A>| *m.nl_seq() == self.seq && *m.nl_pid() == self.socket.pid();
        if messages.is_empty() || !messages.iter().all(ours) {
            return Err("received the answer to another request".into());
        }
        Ok(messages)
    }

    /// Receives the one message that answers a request without `NLM_F_DUMP`.
    fn receive_one<C: Cmd, A: NlAttrType>(&self) -> Fallible<Message<C, A>> {
        let mut messages = self.receive()?;
        match messages.pop() {
            Some(message) if messages.is_empty() => Ok(message),
            _ => Err("received more than one answer".into()),
        }
    }

    /// The text in a reply; everything that is no reply is an error.
    fn reply_text(&self, message: &Message<Command, Attribute>) -> Fallible<Vec<u8>> {
        match message.nl_payload() {
            NlPayload::Payload(reply)
                if *message.nl_type() == self.family && *reply.cmd() == Command::EchoMsg =>
            {
                string(reply.attrs(), Attribute::Msg)
            }
            other => Err(unexpected(other)),
        }
    }

    fn echo(&mut self, text: &str) -> Fallible<()> {
        say!("extracted family id is: {}", self.family)?;
        self.send_text(NlmF::empty(), Command::EchoMsg, text)?;
        say!("Sent to kernel: {}", quoted(text.as_bytes()))?;

        let reply = self.reply_text(&self.receive_one()?)?;
        say!("Kernel replied: {}", quoted(&reply))?;
        if reply != text.as_bytes() {
            return Err("the reply differs from what was sent".into());
        }
        Ok(())
    }

    fn echo_with_dump_flag(&mut self, text: &str) -> Fallible<()> {
        self.send_text(NlmF::DUMP, Command::EchoMsg, text)?;
        say!("Requested a dump (NLM_F_DUMP)")?;

        let mut count = 0;
        'dump: loop {
            for message in self.receive()? {
                if message.nl_flags().contains(NlmF::DUMP_INTR) {
                    return Err("the data changed during the dump".into());
                }
                if *message.nl_type() == u16::from(Nlmsg::Done) {
                    match message.nl_payload() {
                        NlPayload::DumpExtAck(e) if *e.error() != 0 => {
                            let error = explain(*e.error());
                            return Err(format!("the dump ended early: {error}").into());
                        }
                        _ => break 'dump,
                    }
                }
                let reply = self.reply_text(&message)?;
                say!(
                    "Kernel replied: [seq={}] {}",
                    message.nl_seq(),
                    quoted(&reply)
                )?;
                count += 1;
            }
        }
        say!("Received NLMSG_DONE")?;
        if count != DUMP_COUNT {
            let error = format!("the dump held {count} messages instead of {DUMP_COUNT}");
            return Err(error.into());
        }
        Ok(())
    }

    fn reply_with_error(&mut self, text: &str) -> Fallible<()> {
        self.send_text(NlmF::empty(), Command::ReplyWithNlmsgErr, text)?;
        say!("Sent to kernel: {}", quoted(text.as_bytes()))?;

        let answer = self.receive_one::<Command, Attribute>()?;
        let NlPayload::Err(refusal) = answer.nl_payload() else {
            return Err("the kernel did not refuse".into());
        };
        say!("Kernel refused: {}", explain(*refusal.error()))?;
        if *refusal.error() != -(Errno::EINVAL as i32) {
            return Err("expected EINVAL".into());
        }
        let explanation = string(refusal.ext_ack(), NlmsgerrAttr::Msg)?;
        say!("Kernel explained: {}", quoted(&explanation))?;

        // The refusal holds the whole request, typed like the answers.
        let request = refusal.nlmsg().nl_payload();
        let sent = string(request.attrs(), Attribute::Msg)?;
        say!(
            "The refused request held: GNL_FOOBAR_XMPL_A_MSG = {}",
            quoted(&sent)
        )?;
        if sent != text.as_bytes() {
            return Err("this is not what was sent".into());
        }
        Ok(())
    }
}

fn unexpected<P>(payload: &NlPayload<u16, P>) -> Box<dyn Error> {
    match payload {
        NlPayload::Err(e) => format!("the kernel refused: {}", explain(*e.error())).into(),
        _ => "received a message that was not asked for".into(),
    }
}

type Role = fn(&mut Client, &str) -> Fallible<()>;

const ROLES: [(&str, Role); 3] = [
    ("echo", Client::echo),
    ("echo_with_dump_flag", Client::echo_with_dump_flag),
    ("reply_with_error", Client::reply_with_error),
];

const USAGE: &str = "\
usage: xmpl-rust [--message TEXT] [echo | echo_with_dump_flag | reply_with_error]
Without a role, all three are played one after the other.";

/// The text to send and the roles to play, None if the arguments make no sense.
fn parse(args: &[String]) -> Option<(&str, &'static [(&'static str, Role)])> {
    let (mut text, mut roles) = (GREETING, &ROLES[..]);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--message" {
            text = args.next().filter(|text| text.len() <= MSG_LEN_MAX)?;
        } else if roles.len() == ROLES.len() {
            let role = ROLES.iter().find(|(name, _)| name == arg)?;
            roles = std::slice::from_ref(role);
        } else {
            return None;
        }
    }
    Some((text, roles))
}

fn play(text: &str, roles: &[(&str, Role)]) -> Fallible<()> {
    let mut client = Client::open()?;
    for (_, role) in roles {
        role(&mut client, text)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    if args.iter().any(|arg| arg == "--help") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let Some((text, roles)) = parse(&args) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match play(text, roles) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("[User-Rust] {e}");
            ExitCode::FAILURE
        }
    }
}
