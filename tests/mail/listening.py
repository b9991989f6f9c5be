"""Servers on the loopback, each in a thread with a loop of its own."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

LOOPBACK = "127.0.0.1"


@contextmanager
def listening(start: Callable[[], Awaitable[asyncio.Server]]) -> Iterator[int]:
    """The port of the server that `start` starts, while the block lasts."""
    loop = asyncio.new_event_loop()
    ready, ended = threading.Event(), asyncio.Event()
    ports = []

    async def main() -> None:
        server = await start()
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await ended.wait()
        server.close()
        sessions = asyncio.all_tasks() - {asyncio.current_task()}
        for task in sessions:
            task.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    thread.start()
    ready.wait()
    yield ports[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    loop.close()
