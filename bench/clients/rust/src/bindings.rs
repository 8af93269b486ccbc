// SPDX-License-Identifier: MIT
//! rust-bindings: netlink-bindings and netlink-socket2, which are made of the kernel's specs. Their
//! objects are views of the bytes: a field is looked for when it is asked for.

mod serve;

use std::net::{IpAddr, SocketAddr};

use netlink_bindings::ethtool::{self, IterableBitset};
use netlink_bindings::rt_link::{self, Ifinfomsg, IterableLinkAttrs};
use netlink_bindings::wireguard::{self, IterableWgallowedip, IterableWgpeer};
use netlink_socket2::NetlinkSocket;

use serve::{Client, Fallible, Operation, Where};

const LINK: &[u8] = b"veth0";
const DEVICE: &[u8] = b"wg0";

/// ETHTOOL_MSG_FEATURES_GET; netlink-bindings 0.3.5 counts notifications too, and would send another.
const FEATURES_GET: u8 = 11;

struct Connection {
    socket: NetlinkSocket,
    fields: u64,
}

fn length(text: &std::ffi::CStr) -> u64 {
    text.count_bytes() as u64
}

fn last(bytes: &[u8]) -> u64 {
    bytes.last().copied().unwrap_or_default().into()
}

fn last_of_address(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => last(&address.octets()),
        IpAddr::V6(address) => last(&address.octets()),
    }
}

fn bits(bitset: &IterableBitset) -> Fallible<u64> {
    let mut fields = 0;
    for bit in bitset.get_bits()?.get_bit() {
        fields += u64::from(bit.get_index()?);
        fields += length(bit.get_name()?);
        fields += u64::from(bit.get_value().is_ok());
    }
    Ok(fields)
}

fn link(header: &Ifinfomsg, link: &IterableLinkAttrs) -> Fallible<u64> {
    let kind = link
        .get_linkinfo()
        .ok()
        .and_then(|info| info.get_kind().ok());
    Ok(u64::try_from(header.ifi_index)?
        + length(link.get_ifname()?)
        + u64::from(link.get_mtu()?)
        + u64::from(link.get_txqlen()?)
        + u64::from(link.get_group()?)
        + u64::from(link.get_num_tx_queues()?)
        + last(link.get_address()?)
        + link.get_stats64()?.rx_errors
        + u64::from(kind == Some(c"veth")))
}

fn peer(peer: &IterableWgpeer, endpoint: SocketAddr) -> Fallible<u64> {
    Ok(u64::from(peer.get_public_key()?[0])
        + u64::from(endpoint.port() & 0xff)
        + last_of_address(endpoint.ip())
        + u64::from(peer.get_persistent_keepalive_interval()?)
        + u64::try_from(peer.get_last_handshake_time()?.sec)?
        + peer.get_rx_bytes()?
        + peer.get_tx_bytes()?
        + u64::from(peer.get_protocol_version()?))
}

fn allowed(allowed: &IterableWgallowedip) -> Fallible<u64> {
    Ok(last_of_address(allowed.get_ipaddr()?) + u64::from(allowed.get_cidr_mask()?))
}

impl Connection {
    fn linkinfo_get(&mut self, _: usize, count: u64) -> Fallible<u64> {
        for _ in 0..count {
            let mut request = ethtool::Request::new().op_linkinfo_get_do();
            request.encode().nested_header().push_dev_name_bytes(LINK);
            let mut reply = self.socket.request(&request)?;
            let info = reply.recv_one()?;
            let header = info.get_header()?;
            self.fields = u64::from(header.get_dev_index()?)
                + length(header.get_dev_name()?)
                + u64::from(info.get_port()?)
                + u64::from(info.get_phyaddr()?)
                + u64::from(info.get_tp_mdix()?)
                + u64::from(info.get_tp_mdix_ctrl()?)
                + u64::from(info.get_transceiver()?);
        }
        Ok(count)
    }

    fn features_get(&mut self, _: usize, count: u64) -> Fallible<u64> {
        for _ in 0..count {
            let mut request = ethtool::Request::new().op_features_get_do();
            request.header_mut().cmd = FEATURES_GET;
            request.encode().nested_header().push_dev_name_bytes(LINK);
            let mut reply = self.socket.request(&request)?;
            let features = reply.recv_one()?;
            self.fields = bits(&features.get_hw()?)?
                + bits(&features.get_wanted()?)?
                + bits(&features.get_active()?)?
                + bits(&features.get_nochange()?)?;
        }
        Ok(count)
    }

    fn getlink(&mut self, total: usize, count: u64) -> Fallible<u64> {
        self.lists(total, count, Self::links)
    }

    fn links(&mut self) -> Fallible<usize> {
        let request = rt_link::Request::new().op_getlink_dump(&Ifinfomsg::new());
        let mut reply = self.socket.request(&request)?;
        let mut listed = 0;
        self.fields = 0;
        while let Some((header, attributes)) = reply.recv().transpose()? {
            listed += 1;
            self.fields += link(&header, &attributes)?;
        }
        Ok(listed)
    }

    fn get_device(&mut self, total: usize, count: u64) -> Fallible<u64> {
        self.lists(total, count, Self::peers)
    }

    fn peers(&mut self) -> Fallible<usize> {
        let mut request = wireguard::Request::new().op_get_device_dump();
        request.encode().push_ifname_bytes(DEVICE);
        let mut reply = self.socket.request(&request)?;
        let mut listed = 0;
        self.fields = 0;
        while let Some(device) = reply.recv().transpose()? {
            for one in device.get_peers()? {
                // One that began in the message before comes without.
                if let Ok(endpoint) = one.get_endpoint() {
                    listed += 1;
                    self.fields += peer(&one, endpoint)?;
                }
                for address in one.get_allowedips()? {
                    self.fields += allowed(&address)?;
                }
            }
        }
        Ok(listed)
    }

    fn lists(
        &mut self,
        total: usize,
        count: u64,
        list: fn(&mut Self) -> Fallible<usize>,
    ) -> Fallible<u64> {
        let mut done = 0;
        while done < count {
            let listed = list(self)?;
            if listed != total {
                return Err(format!("{listed} objects instead of {total}").into());
            }
            done += listed as u64;
        }
        Ok(done)
    }
}

impl Client for Connection {
    fn open(_: Where) -> Fallible<Self> {
        Ok(Connection {
            socket: NetlinkSocket::new(),
            fields: 0,
        })
    }

    fn operation(name: &str) -> Option<Operation<Self>> {
        Some(match name {
            "linkinfo-get" => Self::linkinfo_get,
            "features-get" => Self::features_get,
            "getlink" => Self::getlink,
            "get-device" => Self::get_device,
            _ => return None,
        })
    }

    fn fields(&self) -> Option<u64> {
        Some(self.fields)
    }
}

fn main() -> Fallible<()> {
    // As Cargo.toml has it.
    serve::serve::<Connection>("netlink-bindings 0.3.5")
}
