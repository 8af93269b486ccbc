#!/usr/bin/env python3
"""The benchmark client of pyynl, the kernel's own client of its specs.

It needs what test/oracles/pyynl.sh has fetched, and the specs that the build has unpacked.
"""

import ipaddress
import pathlib
import sys

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'target/oracles'))

# pylint: disable=wrong-import-position
from pyynl.lib.ynl import YnlFamily
from serve import serve

SPECS = ROOT / 'java/families/target/specs'
LINK = {'header': {'dev-name': 'veth0'}}
DEVICE = {'ifname': 'wg0'}


class Worker:
    def __init__(self, place):
        names = ('ethtool', 'rt-link') if place == 'host' else ('wireguard',)
        self.families = {name: self.family(name) for name in names}

    @staticmethod
    def family(name):
        [spec] = SPECS.rglob(f'{name}.yaml')
        # No schema: the specs need no check. What a kernel knows beyond them is kept.
        return YnlFamily(str(spec), schema='', process_unknown=True)

    def run(self, operation, payload, count):
        return operation(self, payload, count)

    def linkinfo_get(self, _, count):
        for _ in range(count):
            info = self.families['ethtool'].do('linkinfo-get', LINK)
            header = info['header']
            fields = (
                header['dev-index']
                + len(header['dev-name'])
                + info['port']
                + info['phyaddr']
                + info['tp-mdix']
                + info['tp-mdix-ctrl']
                + info['transceiver']
            )
        return count, fields

    def features_get(self, _, count):
        for _ in range(count):
            features = self.families['ethtool'].do('features-get', LINK)
            fields = 0
            for name in ('hw', 'wanted', 'active', 'nochange'):
                for bit in features[name].get('bits', {}).get('bit', []):
                    fields += bit['index'] + len(bit['name']) + bit.get('value', False)
        return count, fields

    def getlink(self, total, count):
        return self.lists(self.links, total, count)

    def links(self):
        fields = 0
        links = self.families['rt-link'].dump('getlink', {})
        for link in links:
            fields += (
                link['ifi-index']
                + len(link['ifname'])
                + link['mtu']
                + link['txqlen']
                + link['group']
                + link['num-tx-queues']
                + int(link['address'][-2:], 16)
                + link['stats64']['rx-errors']
                + (link.get('linkinfo', {}).get('kind') == 'veth')
            )
        return len(links), fields

    def get_device(self, total, count):
        return self.lists(self.peers, total, count)

    def peers(self):
        count = 0
        fields = 0
        for device in self.families['wireguard'].dump('get-device', DEVICE):
            for peer in self.elements(device['peers']):
                # A peer may begin in one message and go on in the next, which has no endpoint.
                if 'endpoint' in peer:
                    count += 1
                    fields += self.fields(peer)
                for allowed in self.elements(peer.get('allowedips', [])):
                    address = ipaddress.ip_address(allowed['ipaddr'])
                    fields += address.packed[-1] + allowed['cidr-mask']
        return count, fields

    @staticmethod
    def elements(array):
        """Of an indexed array, in which pyynl leaves each element under its index."""
        return (element for indexed in array for element in indexed.values())

    @staticmethod
    def fields(peer):
        endpoint = peer['endpoint']
        return (
            int(peer['public-key'][:2], 16)  # which is text in hexadecimal digits
            + endpoint[3]
            + endpoint[7]
            + peer['persistent-keepalive-interval']
            + peer['last-handshake-time']['sec']
            + peer['rx-bytes']
            + peer['tx-bytes']
            + peer['protocol-version']
        )

    @staticmethod
    def lists(get, total, count):
        done = 0
        while done < count:
            listed, fields = get()
            if listed != total:
                raise ValueError(f'{listed} objects instead of {total}')
            done += listed
        return done, fields


OPERATIONS = {
    'linkinfo-get': Worker.linkinfo_get,
    'features-get': Worker.features_get,
    'getlink': Worker.getlink,
    'get-device': Worker.get_device,
}

if __name__ == '__main__':
    serve('pyynl of Linux 7.3', Worker, OPERATIONS)
