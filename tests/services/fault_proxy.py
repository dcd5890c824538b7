"""A door before a server that a test can shut, slow down or break."""

import socket
import threading
import time
from contextlib import suppress

PASS, REFUSE, DELAY, ERROR = "pass", "refuse", "delay", "answer 500"
_BROKEN = b'{"error":"broken"}'
_ANSWER = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nX-Elastic-Product: Elasticsearch\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(_BROKEN), _BROKEN)
)


class FaultProxy:
    """Listens on a port of 127.0.0.1 and hands bytes on to another. `turn(way)` also ends the connections that are open.

    REFUSE accepts nobody, DELAY holds every request back by `delay_seconds`, ERROR answers with status 500.
    `accepted` counts the connections that were let in.
    """

    def __init__(self, port: int, delay_seconds: float = 5.0) -> None:
        self.behind, self.delay_seconds, self.way = port, delay_seconds, PASS
        self.accepted = 0
        self._open: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def turn(self, way: str) -> None:
        """Behave so from now on."""
        was, self.way = self.way, way
        if way == REFUSE:
            _shut(self._listener)
        elif was == REFUSE:
            self._listener = self._listen(self.port)
        for one in list(self._open):
            _shut(one)

    def close(self) -> None:
        """Nothing listens any more."""
        self.turn(REFUSE)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client = listener.accept()[0]
                self.accepted += 1
                self._open.add(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError):
            if self.way == ERROR:
                client.recv(65_536)
                client.sendall(_ANSWER)
                client.shutdown(socket.SHUT_WR)
                while client.recv(65_536):  # what is left unread would break off the answer
                    pass
            else:
                self._hand_on(client)
        self._open.discard(client)
        _shut(client)

    def _hand_on(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self.behind))
        self._open.add(server)
        threading.Thread(target=self._copy, args=(server, client), daemon=True).start()
        self._copy(client, server, held=True)

    def _copy(self, source: socket.socket, target: socket.socket, *, held: bool = False) -> None:
        with suppress(OSError):
            while some := source.recv(65_536):
                if held and self.way == DELAY:
                    time.sleep(self.delay_seconds)
                target.sendall(some)
        for one in (source, target):
            self._open.discard(one)
            _shut(one)


def _shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
