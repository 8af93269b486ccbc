#!/usr/bin/env python3
"""The benchmark client of pyroute2.

The asynchronous classes are used because they are the faster ones: a synchronous socket enters and
leaves an event loop for every call.
"""

import asyncio
import platform
import queue
import sys
import threading
import time
from importlib.metadata import version
from socket import AF_INET, SO_RCVBUF, SOL_SOCKET

from pyroute2 import AsyncIPRoute
from pyroute2.netlink import NLM_F_DUMP, NLM_F_REQUEST, ctrlmsg, genlmsg
from pyroute2.netlink.generic import AsyncGenericNetlinkSocket

CTRL_CMD_GETFAMILY = 3
CTRL_VERSION = 2
GENL_ID_CTRL = 16

XMPL_C_ECHO_MSG = 1
XMPL_VERSION = 1

LAB_C_DUMP = 4
LAB_VERSION = 1
LAB_DUMP_COUNT_MAX = 1_000_000

PIPELINE_LEN = 1000


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

    @staticmethod
    def counted(count, total):
        if count != total:
            raise WrongAnswer(f'{count} messages')
        return count


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


OPERATIONS = {
    'cycle': Worker.cycle,
    'exchange': Worker.exchange,
    'pipeline': Worker.pipeline,
    'dump': Worker.dump,
    'links': Worker.links,
    'routes': Worker.routes,
}


class WorkerThread(threading.Thread):
    """A thread with a worker, which takes work from one queue and puts results into another."""

    def __init__(self, place):
        super().__init__(daemon=True)
        self.place = place
        self.work = queue.SimpleQueue()
        self.results = queue.SimpleQueue()
        self.start()
        self.result()

    def run(self):
        try:
            worker = Worker(self.place)
            self.results.put(0)
            while True:
                self.results.put(worker.run(*self.work.get()))
        except BaseException as e:
            self.results.put(e)

    def result(self):
        result = self.results.get()
        if isinstance(result, BaseException):
            raise result
        return result


def run_in_threads(threads, *work):
    for thread in threads:
        thread.work.put(work)
    return sum([thread.result() for thread in threads])


def say(line):
    """Writes a line at once, by which a trace knows it; print() may take it apart."""
    sys.stdout.write(line + '\n')
    sys.stdout.flush()


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in PLACES:
        sys.exit('usage: client.py host|vm')
    say(
        f'pyroute2 {version("pyroute2")},'
        f' {platform.python_implementation()} {platform.python_version()}'
    )
    place = sys.argv[1]
    worker = Worker(place)
    workers = []
    for line in sys.stdin:
        name, *numbers = line.split()
        if name not in OPERATIONS:
            say('unsupported')
            continue
        payload, threads, count = map(int, numbers)
        while threads > max(1, len(workers)):
            workers.append(WorkerThread(place))
        share = -(-count // threads)
        start = time.monotonic_ns()
        if threads == 1:
            done = worker.run(OPERATIONS[name], payload, share)
        else:
            done = run_in_threads(workers[:threads], OPERATIONS[name], payload, share)
        say(f'{time.monotonic_ns() - start} {done}')


if __name__ == '__main__':
    main()
