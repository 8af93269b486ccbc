// SPDX-License-Identifier: MIT
//! rust-neli: neli as its users write it. Of its two sockets this is
//! [`NlSocketHandle`]: `NlRouter` has a thread of its own through which every
//! answer goes, and is slower.

mod serve;

use std::error::Error;

use neli::consts::genl::{Cmd, CtrlAttr, CtrlCmd, NlAttrType};
use neli::consts::nl::{GenlId, NlmF, Nlmsg};
use neli::consts::socket::NlFamily;
use neli::genl::{AttrTypeBuilder, Genlmsghdr, GenlmsghdrBuilder, Nlattr, NlattrBuilder};
use neli::nl::{NlPayload, Nlmsghdr, NlmsghdrBuilder};
use neli::socket::synchronous::NlSocketHandle;
use neli::types::{Buffer, GenlBuffer};
use neli::utils::Groups;

use serve::{Client, Fallible, Operation, Where};

// What include/gnl_foobar_xmpl.h and include/genl_lab.h say.
const XMPL_NAME: &str = "gnl_foobar_xmpl";
const XMPL_VERSION: u8 = 1;
const LAB_NAME: &str = "genl_lab";
const LAB_VERSION: u8 = 1;
const LAB_DUMP_COUNT_MAX: u64 = 1_000_000;

const CTRL_NAME: &str = "nlctrl";
const CTRL_VERSION: u8 = 2;
const CTRL_ID: u16 = 16;

#[neli::neli_enum(serialized_type = "u8")]
pub enum XmplCommand {
    Unspec = 0,
    EchoMsg = 1,
}
impl Cmd for XmplCommand {}

#[neli::neli_enum(serialized_type = "u16")]
pub enum XmplAttribute {
    Unspec = 0,
    Msg = 1,
}
impl NlAttrType for XmplAttribute {}

#[neli::neli_enum(serialized_type = "u8")]
pub enum LabCommand {
    Unspec = 0,
    Dump = 4,
}
impl Cmd for LabCommand {}

#[neli::neli_enum(serialized_type = "u16")]
pub enum LabAttribute {
    Unspec = 0,
    Index = 1,
    Count = 4,
    Size = 5,
}
impl NlAttrType for LabAttribute {}

/// Requests of a pipeline that are on their way, and a receive buffer that
/// holds their replies.
const WINDOW: u64 = 32;
const RECEIVE_BUFFER: usize = 212_992;

/// A generic netlink message with commands `C` and attributes `A`.
type Message<C, A> = Nlmsghdr<u16, Genlmsghdr<C, A>>;

/// An attribute to send.
fn attr<A: NlAttrType, P: neli::Size + neli::ToBytes>(
    attribute: A,
    payload: P,
) -> Fallible<Nlattr<A, Buffer>> {
    Ok(NlattrBuilder::default()
        .nla_type(AttrTypeBuilder::default().nla_type(attribute).build()?)
        .nla_payload(payload)
        .build()?)
}

struct Connection {
    socket: NlSocketHandle,
    place: Where,
    family: u16,
    dump_family: u16,
    seq: u32,
}

impl Connection {
    /// A socket with the family for exchanges resolved.
    fn new(place: Where) -> Fallible<Self> {
        let mut connection = Connection {
            socket: NlSocketHandle::connect(NlFamily::Generic, None, Groups::empty())?,
            place,
            family: 0,
            dump_family: 0,
            seq: 0,
        };
        connection.family = connection.resolve(match place {
            Where::Host => CTRL_NAME,
            Where::Vm => XMPL_NAME,
        })?;
        Ok(connection)
    }

    /// neli itself resolves names on an `NlRouter` only.
    fn resolve(&mut self, name: &str) -> Fallible<u16> {
        let controller = GenlId::Ctrl.into();
        let attrs = [attr(CtrlAttr::FamilyName, name)?];
        let flags = NlmF::empty();
        self.send(controller, flags, CtrlCmd::Getfamily, CTRL_VERSION, attrs)?;
        self.receive_family_id(controller, self.seq)
    }

    fn send<C: Cmd, A: NlAttrType, const N: usize>(
        &mut self,
        family: u16,
        flags: NlmF,
        cmd: C,
        version: u8,
        attrs: [Nlattr<A, Buffer>; N],
    ) -> Fallible<()> {
        let genl = GenlmsghdrBuilder::default()
            .cmd(cmd)
            .version(version)
            .attrs(GenlBuffer::from_iter(attrs))
            .build()?;
        self.seq = self.seq.wrapping_add(1);
        let message = NlmsghdrBuilder::default()
            .nl_type(family)
            .nl_flags(NlmF::REQUEST | flags)
            .nl_seq(self.seq)
            .nl_pid(self.socket.pid())
            .nl_payload(NlPayload::Payload(genl))
            .build()?;
        Ok(self.socket.send(&message)?)
    }

    fn send_request(&mut self, text: &str) -> Fallible<()> {
        let (family, flags) = (self.family, NlmF::empty());
        match self.place {
            Where::Host => {
                let attrs = [attr(CtrlAttr::FamilyName, CTRL_NAME)?];
                self.send(family, flags, CtrlCmd::Getfamily, CTRL_VERSION, attrs)
            }
            Where::Vm => {
                let attrs = [attr(XmplAttribute::Msg, text)?];
                self.send(family, flags, XmplCommand::EchoMsg, XMPL_VERSION, attrs)
            }
        }
    }

    /// Hands the only message of a datagram to `read`.
    fn receive_one<C: Cmd, A: NlAttrType, R>(
        &self,
        family: u16,
        seq: u32,
        cmd: C,
        read: impl FnOnce(&GenlBuffer<A, Buffer>) -> Fallible<R>,
    ) -> Fallible<R> {
        let (mut messages, _groups) = self.socket.recv::<u16, Genlmsghdr<C, A>>()?;
        let message = messages.next().ok_or("an empty datagram")??;
        if messages.next().is_some() {
            return Err("a reply is not alone".into());
        }
        read(self.attributes(&message, family, seq, cmd)?)
    }

    /// The attributes of an answer, once its headers are what they should be.
    fn attributes<'a, C: Cmd, A: NlAttrType>(
        &self,
        message: &'a Message<C, A>,
        family: u16,
        seq: u32,
        cmd: C,
    ) -> Fallible<&'a GenlBuffer<A, Buffer>> {
        if *message.nl_seq() != seq || *message.nl_pid() != self.socket.pid() {
            return Err("a message answers another request".into());
        }
        match message.nl_payload() {
            NlPayload::Payload(genl) if *message.nl_type() == family && *genl.cmd() == cmd => {
                Ok(genl.attrs())
            }
            NlPayload::Err(e) => Err(format!("the kernel refused: {}", e.error()).into()),
            _ => Err("a message was not asked for".into()),
        }
    }

    fn receive_family_id(&self, family: u16, seq: u32) -> Fallible<u16> {
        self.receive_one(family, seq, CtrlCmd::Newfamily, |attrs| {
            let attrs = attrs.get_attr_handle();
            Ok(attrs.get_attr_payload_as(CtrlAttr::FamilyId)?)
        })
    }

    /// Receives the reply to request number `seq` and makes sure that it is right.
    fn receive_reply(&self, seq: u32, text: &str) -> Fallible<()> {
        let right = match self.place {
            Where::Host => self.receive_family_id(self.family, seq)? == CTRL_ID,
            Where::Vm => self.receive_one(self.family, seq, XmplCommand::EchoMsg, |attrs| {
                let attrs = attrs.get_attr_handle();
                let attr = attrs.get_attribute(XmplAttribute::Msg);
                let value = attr.ok_or("a reply lacks its text")?.nla_payload().as_ref();
                // The attribute has a NUL at its end, the text has not.
                Ok(value.split_last() == Some((&0, text.as_bytes())))
            })?,
        };
        if right {
            Ok(())
        } else {
            Err("a reply is wrong".into())
        }
    }

    fn ask(&mut self, text: &str) -> Fallible<()> {
        self.send_request(text)?;
        self.receive_reply(self.seq, text)
    }

    /// Receives a dump; `read` gets its messages, with their index.
    fn receive_dump<C: Cmd + Copy, A: NlAttrType>(
        &self,
        cmd: C,
        read: impl Fn(&GenlBuffer<A, Buffer>, u64) -> Fallible<()>,
    ) -> Fallible<u64> {
        let mut count = 0;
        loop {
            let (messages, _groups) = self.socket.recv::<u16, Genlmsghdr<C, A>>()?;
            for message in messages {
                let message = message?;
                if message.nl_flags().contains(NlmF::DUMP_INTR) {
                    return Err("a dump is inconsistent".into());
                }
                if *message.nl_type() == u16::from(Nlmsg::Done) {
                    if *message.nl_seq() != self.seq || *message.nl_pid() != self.socket.pid() {
                        return Err("a message answers another request".into());
                    }
                    return match message.nl_payload() {
                        NlPayload::DumpExtAck(e) if *e.error() != 0 => {
                            Err(format!("a dump ended early: {}", e.error()).into())
                        }
                        _ => Ok(count),
                    };
                }
                read(
                    self.attributes(&message, self.dump_family, self.seq, cmd)?,
                    count,
                )?;
                count += 1;
            }
        }
    }

    fn dump_families(&mut self) -> Fallible<u64> {
        let none: [Nlattr<CtrlAttr, Buffer>; 0] = [];
        let cmd = CtrlCmd::Getfamily;
        self.send(self.dump_family, NlmF::DUMP, cmd, CTRL_VERSION, none)?;
        let count = self.receive_dump(CtrlCmd::Newfamily, |attrs, _| {
            match attrs.get_attr_handle().get_attribute(CtrlAttr::FamilyName) {
                Some(_) => Ok(()),
                None => Err("a dumped family has no name".into()),
            }
        })?;
        if count == 0 {
            return Err("an empty dump".into());
        }
        Ok(count)
    }

    fn dump_lab(&mut self, payload: usize, wanted: u64) -> Fallible<u64> {
        let wanted = wanted.min(LAB_DUMP_COUNT_MAX);
        let attrs = [
            attr(LabAttribute::Count, u32::try_from(wanted)?)?,
            attr(LabAttribute::Size, u32::try_from(payload)?)?,
        ];
        let cmd = LabCommand::Dump;
        self.send(self.dump_family, NlmF::DUMP, cmd, LAB_VERSION, attrs)?;
        let count = self.receive_dump(LabCommand::Dump, |attrs, index| {
            let attrs = attrs.get_attr_handle();
            let value: u32 = attrs.get_attr_payload_as(LabAttribute::Index)?;
            if u64::from(value) == index {
                Ok(())
            } else {
                Err(format!("message {value} of a dump instead of {index}").into())
            }
        })?;
        if count != wanted {
            return Err(format!("a dump has {count} messages").into());
        }
        Ok(count)
    }
}

impl Connection {
    fn cycle(&mut self, payload: usize, count: u64) -> Fallible<u64> {
        let text = "x".repeat(payload);
        for _ in 0..count {
            Connection::new(self.place)?.ask(&text)?;
        }
        Ok(count)
    }

    fn exchange(&mut self, payload: usize, count: u64) -> Fallible<u64> {
        let text = "x".repeat(payload);
        for _ in 0..count {
            self.ask(&text)?;
        }
        Ok(count)
    }

    fn pipeline(&mut self, payload: usize, count: u64) -> Fallible<u64> {
        let text = "x".repeat(payload);
        let mut done = 0;
        while done < count {
            let first = self.seq;
            let window = WINDOW.min(count - done);
            for _ in 0..window {
                self.send_request(&text)?;
            }
            let mut seq = first;
            while seq != self.seq {
                seq = seq.wrapping_add(1);
                self.receive_reply(seq, &text)?;
            }
            done += window;
        }
        Ok(count)
    }

    fn dump(&mut self, payload: usize, count: u64) -> Fallible<u64> {
        let mut done = 0;
        while done < count {
            done += match self.place {
                Where::Host => self.dump_families()?,
                Where::Vm => self.dump_lab(payload, count - done)?,
            };
        }
        Ok(done)
    }
}

impl Client for Connection {
    fn open(place: Where) -> Fallible<Self> {
        let mut connection = Connection::new(place)?;
        connection.dump_family = connection.resolve(match place {
            Where::Host => CTRL_NAME,
            Where::Vm => LAB_NAME,
        })?;
        connection.socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        Ok(connection)
    }

    fn operation(name: &str) -> Option<Operation<Self>> {
        Some(match name {
            "cycle" => Self::cycle,
            "exchange" => Self::exchange,
            "pipeline" => Self::pipeline,
            "dump" => Self::dump,
            _ => return None,
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // As Cargo.toml has it.
    serve::serve::<Connection>("neli 0.7.5")
}
