#!/usr/bin/env python3
"""The benchmark client of pyroute2.

The asynchronous classes are used because they are the faster ones: a synchronous socket enters and
leaves an event loop for every call.
"""

import asyncio
from base64 import b64decode
from importlib.metadata import version
from socket import AF_INET, SO_RCVBUF, SOL_SOCKET

from pyroute2 import AsyncIPRoute
from pyroute2.netlink import NLM_F_DUMP, NLM_F_REQUEST, ctrlmsg, genlmsg
from pyroute2.netlink.generic import AsyncGenericNetlinkSocket
from pyroute2.netlink.generic.ethtool import (
    ethtool_linkinfo_msg,
    ethtoolbitset,
    ethtoolheader,
)
from pyroute2.netlink.generic.wireguard import WG_CMD_GET_DEVICE, WG_GENL_VERSION, wgmsg
from serve import serve

CTRL_CMD_GETFAMILY = 3
CTRL_VERSION = 2
GENL_ID_CTRL = 16

XMPL_C_ECHO_MSG = 1
XMPL_VERSION = 1

LAB_C_DUMP = 4
LAB_VERSION = 1
LAB_DUMP_COUNT_MAX = 1_000_000

ETHTOOL_MSG_LINKINFO_GET = 2
ETHTOOL_MSG_FEATURES_GET = 11
ETHTOOL_VERSION = 1

PIPELINE_LEN = 1000

LINK = 'veth0'
DEVICE = 'wg0'


class XmplMessage(genlmsg):
    nla_map = (
        ('GNL_FOOBAR_XMPL_A_UNSPEC', 'none'),
        ('GNL_FOOBAR_XMPL_A_MSG', 'asciiz'),
    )


class LabMessage(genlmsg):
    nla_map = (
        ('GENL_LAB_A_UNSPEC', 'none'),
        ('GENL_LAB_A_INDEX', 'uint32'),
        ('GENL_LAB_A_TOTAL', 'uint32'),
        ('GENL_LAB_A_PAYLOAD', 'cdata'),
        ('GENL_LAB_A_COUNT', 'uint32'),
        ('GENL_LAB_A_SIZE', 'uint32'),
    )


class FeaturesMessage(genlmsg):
    """What pyroute2 lacks, of the parts that it has."""

    nla_map = (
        ('ETHTOOL_A_FEATURES_UNSPEC', 'none'),
        ('ETHTOOL_A_FEATURES_HEADER', 'ethtoolheader'),
        ('ETHTOOL_A_FEATURES_HW', 'ethtoolbitset'),
        ('ETHTOOL_A_FEATURES_WANTED', 'ethtoolbitset'),
        ('ETHTOOL_A_FEATURES_ACTIVE', 'ethtoolbitset'),
        ('ETHTOOL_A_FEATURES_NOCHANGE', 'ethtoolbitset'),
    )

    ethtoolheader = ethtoolheader
    ethtoolbitset = ethtoolbitset


class WrongAnswer(Exception):
    def __init__(self, answer):
        super().__init__(f'an answer is not right: {answer}')


class FamilySocket(AsyncGenericNetlinkSocket):
    """A socket on which one request, or several, are exchanged for replies."""

    async def exchange(self, text):
        # put() and get() cost less than nlm_request(), which registers each sequence number.
        await self.put(self.request(text), self.prid, NLM_F_REQUEST)
        await self.receive(text)

    async def exchange_many(self, text, count):
        for _ in range(count):
            await self.put(self.request(text), self.prid, NLM_F_REQUEST)
        for _ in range(count):
            await self.receive(text)

    async def receive(self, text):
        count = 0
        async for reply in self.get():
            count += 1
            self.check(reply, text)
        if count != 1:
            raise WrongAnswer(f'{count} replies')

    def window(self, payload):
        """How many replies fit into the receive buffer.

        Each occupies a power of two that holds it and the kernel's bookkeeping.
        """
        reply = 512 + max(4096, 1 << (payload + 512).bit_length())
        return max(1, self.getsockopt(SOL_SOCKET, SO_RCVBUF) // reply)


class ControllerSocket(FamilySocket):
    async def bind(self, pid=None):
        await super().bind('nlctrl', ctrlmsg, pid=pid)

    @staticmethod
    def text(payload):
        return 'nlctrl'

    @staticmethod
    def request(text):
        msg = ctrlmsg()
        msg['cmd'] = CTRL_CMD_GETFAMILY
        msg['version'] = CTRL_VERSION
        msg['attrs'].append(('CTRL_ATTR_FAMILY_NAME', text))
        return msg

    @staticmethod
    def check(reply, text):
        if reply.get_attr('CTRL_ATTR_FAMILY_ID') != GENL_ID_CTRL:
            raise WrongAnswer(reply)

    async def dump(self, payload, count):
        msg = ctrlmsg()
        msg['cmd'] = CTRL_CMD_GETFAMILY
        msg['version'] = CTRL_VERSION
        done = 0
        async for reply in await self.nlm_request(msg, self.prid, NLM_F_REQUEST | NLM_F_DUMP):
            if not reply.get_attr('CTRL_ATTR_FAMILY_NAME'):
                raise WrongAnswer(reply)
            done += 1
        return done


class XmplSocket(FamilySocket):
    async def bind(self, pid=None):
        await super().bind('gnl_foobar_xmpl', XmplMessage, pid=pid)

    @staticmethod
    def text(payload):
        return 'x' * payload

    @staticmethod
    def request(text):
        msg = XmplMessage()
        msg['cmd'] = XMPL_C_ECHO_MSG
        msg['version'] = XMPL_VERSION
        msg['attrs'].append(('GNL_FOOBAR_XMPL_A_MSG', text))
        return msg

    @staticmethod
    def check(reply, text):
        if reply.get_attr('GNL_FOOBAR_XMPL_A_MSG') != text:
            raise WrongAnswer(reply)


class LabSocket(AsyncGenericNetlinkSocket):
    async def bind(self, pid=None):
        await super().bind('genl_lab', LabMessage, pid=pid)

    async def dump(self, payload, count):
        count = min(count, LAB_DUMP_COUNT_MAX)
        msg = LabMessage()
        msg['cmd'] = LAB_C_DUMP
        msg['version'] = LAB_VERSION
        msg['attrs'].append(('GENL_LAB_A_COUNT', count))
        msg['attrs'].append(('GENL_LAB_A_SIZE', payload))
        index = 0
        async for reply in await self.nlm_request(msg, self.prid, NLM_F_REQUEST | NLM_F_DUMP):
            if reply.get_attr('GENL_LAB_A_INDEX') != index:
                raise WrongAnswer(reply)
            index += 1
        if index != count:
            raise WrongAnswer(f'{index} messages')
        return index


class RouteSocket(AsyncIPRoute):
    """A socket on which links and routes are listed, of which there have to be so many."""

    async def links(self, total):
        count = 0
        async for link in await self.get_links():
            if not link.get('ifname'):
                raise WrongAnswer(link)
            count += 1
        return self.counted(count, total)

    async def routes(self, total):
        count = 0
        async for route in await self.get_routes(family=AF_INET):
            # All routes lead into 10.0.0.0/8.
            if not route.get('dst', '').startswith('10.'):
                raise WrongAnswer(route)
            count += 1
        return self.counted(count, total)

    async def getlink(self, total):
        count = 0
        fields = 0
        async for link in await self.get_links():
            count += 1
            fields += (
                link['index']
                + len(link.get('ifname'))
                + link.get('mtu')
                + link.get('txqlen')
                + link.get('group')
                + link.get('num_tx_queues')
                + int(link.get('address')[-2:], 16)
                + link.get('stats64')['rx_errors']
                + (link.get(('linkinfo', 'kind')) == 'veth')
            )
        return self.counted(count, total), fields

    @staticmethod
    def counted(count, total):
        if count != total:
            raise WrongAnswer(f'{count} messages')
        return count


class EthtoolSocket(AsyncGenericNetlinkSocket):
    """A socket on which a link is asked about. A socket can read one kind of message."""

    async def ask(self, message, command):
        msg = message()
        msg['cmd'] = command
        msg['version'] = ETHTOOL_VERSION
        header = {'attrs': [('ETHTOOL_A_HEADER_DEV_NAME', LINK)]}
        msg['attrs'].append((msg.nla_map[1][0], header))
        [reply] = [r async for r in await self.nlm_request(msg, self.prid, NLM_F_REQUEST)]
        return reply


class LinkinfoSocket(EthtoolSocket):
    async def bind(self, pid=None):
        await super().bind('ethtool', ethtool_linkinfo_msg, pid=pid)

    async def linkinfo(self):
        info = await self.ask(ethtool_linkinfo_msg, ETHTOOL_MSG_LINKINFO_GET)
        header = info.get_attr('ETHTOOL_A_LINKINFO_HEADER')
        return (
            header.get_attr('ETHTOOL_A_HEADER_DEV_INDEX')
            + len(header.get_attr('ETHTOOL_A_HEADER_DEV_NAME'))
            + info.get_attr('ETHTOOL_A_LINKINFO_PORT')
            + info.get_attr('ETHTOOL_A_LINKINFO_PHYADDR')
            + info.get_attr('ETHTOOL_A_LINKINFO_TP_MDIX')
            + info.get_attr('ETHTOOL_A_LINKINFO_TP_MDIX_CTR')
            + info.get_attr('ETHTOOL_A_LINKINFO_TRANSCEIVER')
        )


class FeaturesSocket(EthtoolSocket):
    async def bind(self, pid=None):
        await super().bind('ethtool', FeaturesMessage, pid=pid)

    async def features(self):
        features = await self.ask(FeaturesMessage, ETHTOOL_MSG_FEATURES_GET)
        fields = 0
        for name in ('HW', 'WANTED', 'ACTIVE', 'NOCHANGE'):
            bits = features.get_attr(f'ETHTOOL_A_FEATURES_{name}').get_attr('ETHTOOL_A_BITSET_BITS')
            for bit in bits.get_attrs('ETHTOOL_A_BITSET_BITS_BIT'):
                fields += (
                    bit.get_attr('ETHTOOL_A_BITSET_BIT_INDEX')
                    + len(bit.get_attr('ETHTOOL_A_BITSET_BIT_NAME'))
                    + (bit.get_attr('ETHTOOL_A_BITSET_BIT_VALUE') is not None)
                )
        return fields


class PeerSocket(AsyncGenericNetlinkSocket):
    async def bind(self, pid=None):
        await super().bind('wireguard', wgmsg, pid=pid)

    async def peers(self, total):
        msg = wgmsg()
        msg['cmd'] = WG_CMD_GET_DEVICE
        msg['version'] = WG_GENL_VERSION
        msg['attrs'].append(('WGDEVICE_A_IFNAME', DEVICE))
        count = 0
        fields = 0
        async for device in await self.nlm_request(msg, self.prid, NLM_F_REQUEST | NLM_F_DUMP):
            for peer in device.get_attr('WGDEVICE_A_PEERS'):
                endpoint = peer.get_attr('WGPEER_A_ENDPOINT')
                # A peer may begin in one message and go on in the next, which has no endpoint.
                if endpoint is not None:
                    count += 1
                    fields += self.fields(peer, endpoint)
                for allowed in peer.get_attr('WGPEER_A_ALLOWEDIPS', []):
                    address, mask = allowed['addr'].split('/')
                    fields += int(address.rpartition('.')[2]) + int(mask)
        return RouteSocket.counted(count, total), fields

    @staticmethod
    def fields(peer, endpoint):
        return (
            b64decode(peer.get_attr('WGPEER_A_PUBLIC_KEY'))[0]
            + (endpoint['port'] & 0xFF)
            + int(endpoint['addr'].rpartition('.')[2])
            + peer.get_attr('WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL')
            + peer.get_attr('WGPEER_A_LAST_HANDSHAKE_TIME')['tv_sec']
            + peer.get_attr('WGPEER_A_RX_BYTES')
            + peer.get_attr('WGPEER_A_TX_BYTES')
            + peer.get_attr('WGPEER_A_PROTOCOL_VERSION')
        )


PLACES = {'host': (ControllerSocket, ControllerSocket), 'vm': (XmplSocket, LabSocket)}


class Worker:
    """An event loop and its sockets, which only the thread that made them can use."""

    def __init__(self, place):
        self.socket_class, self.dump_class = PLACES[place]
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self.open())

    async def open(self):
        # By default the library tries one port after the other. These sockets stay open and leave
        # the choice to the kernel, so that a cycle finds the first port free.
        self.socket = self.socket_class()
        await self.socket.bind(pid=0)
        if self.dump_class is self.socket_class:
            self.dump_socket = self.socket
        else:
            self.dump_socket = self.dump_class()
            await self.dump_socket.bind(pid=0)
        self.route_socket = RouteSocket()
        await self.route_socket.bind(pid=0)
        self.object_sockets = {}

    async def object_socket(self, socket_class):
        if socket_class not in self.object_sockets:
            socket = socket_class()
            await socket.bind(pid=0)
            self.object_sockets[socket_class] = socket
        return self.object_sockets[socket_class]

    def run(self, operation, payload, count):
        return self.loop.run_until_complete(operation(self, payload, count))

    async def cycle(self, payload, count):
        text = self.socket_class.text(payload)
        for _ in range(count):
            async with self.socket_class() as sock:
                await sock.bind()
                await sock.exchange(text)
        return count

    async def exchange(self, payload, count):
        text = self.socket.text(payload)
        for _ in range(count):
            await self.socket.exchange(text)
        return count

    async def pipeline(self, payload, count):
        text = self.socket.text(payload)
        window = self.socket.window(len(text))
        for start in range(0, count, PIPELINE_LEN):
            end = min(start + PIPELINE_LEN, count)
            for first in range(start, end, window):
                await self.socket.exchange_many(text, min(window, end - first))
        return count

    async def dump(self, payload, count):
        done = 0
        while done < count:
            done += await self.dump_socket.dump(payload, count - done)
        return done

    async def links(self, payload, count):
        done = 0
        while done < count:
            done += await self.route_socket.links(payload)
        return done

    async def routes(self, payload, count):
        done = 0
        while done < count:
            done += await self.route_socket.routes(payload)
        return done

    async def linkinfo_get(self, payload, count):
        socket = await self.object_socket(LinkinfoSocket)
        for _ in range(count):
            fields = await socket.linkinfo()
        return count, fields

    async def features_get(self, payload, count):
        socket = await self.object_socket(FeaturesSocket)
        for _ in range(count):
            fields = await socket.features()
        return count, fields

    async def getlink(self, payload, count):
        return await self.lists(self.route_socket.getlink, payload, count)

    async def get_device(self, payload, count):
        socket = await self.object_socket(PeerSocket)
        return await self.lists(socket.peers, payload, count)

    @staticmethod
    async def lists(get, total, count):
        done = 0
        while done < count:
            listed, fields = await get(total)
            done += listed
        return done, fields


OPERATIONS = {
    'cycle': Worker.cycle,
    'exchange': Worker.exchange,
    'pipeline': Worker.pipeline,
    'dump': Worker.dump,
    'links': Worker.links,
    'routes': Worker.routes,
    'linkinfo-get': Worker.linkinfo_get,
    'features-get': Worker.features_get,
    'getlink': Worker.getlink,
    'get-device': Worker.get_device,
}

if __name__ == '__main__':
    serve(f'pyroute2 {version("pyroute2")}', Worker, OPERATIONS)
