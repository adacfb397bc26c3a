"""A mail server for tests, which delivers nowhere and can be away."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Post(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as Django asks for; refuses addresses that begin with “gone”."""

    def handle(self):
        self.server.connections += 1
        self.say(220)
        while words := self.rfile.readline().decode().split(":", 1):
            verb = words[0][:4].upper()
            if verb == "DATA":
                self.say(354)
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.delivered += [self.to]
            if verb == "RCPT":
                self.to = words[1].strip(" <>\r\n")
            if not verb or self.say(550 if verb == "RCPT" and self.to[:4] == "gone" else 250):
                return

    def say(self, code):
        self.wfile.write(f"{code} so\r\n".encode())


@contextmanager
def mail_server(settings: Any) -> Iterator[socketserver.ThreadingTCPServer]:
    """Run a mail server, as the settings' own; it keeps whom it delivered to."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post) as server:
        server.daemon_threads, server.delivered, server.connections = True, [], 0
        settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
