"""How many mails a server takes: `python -m tests.bench.mail_clients PORT AT_ONCE SECONDS`.

One process that costs little, a thread for each connection, one mail made beforehand. Prints mails per second.
"""

from __future__ import annotations

import smtplib
import sys
import threading
import time

MAIL = (
    "From: madang@centre.example\r\nTo: p@example.com\r\nSubject: bound\r\nMessage-ID: <bound@bench>\r\n\r\n"
    + "7JiI7JW97J20IO2ZleygleuQmOyXiOyKteuLiOuLpC4=\r\n" * 8
)


def send(port: int, until: float, sent: list[int]) -> None:
    count = 0
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        while time.monotonic() < until:
            server.sendmail("madang@centre.example", ["p@example.com"], MAIL)
            count += 1
    sent.append(count)


def mails_per_second(port: int, at_once: int, seconds: float) -> float:
    sent: list[int] = []
    began = time.monotonic()
    threads = [threading.Thread(target=send, args=(port, began + seconds, sent)) for _ in range(at_once)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(sent) / (time.monotonic() - began)


if __name__ == "__main__":
    print(mails_per_second(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
