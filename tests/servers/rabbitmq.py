"""A private RabbitMQ node for the tests."""

import os
import signal
import socket
import subprocess

from tests.servers.home import make_home, remove_home
from tests.servers.management import Management
from tests.servers.ports import accepts, free_ports
from tests.servers.process import Process
from tests.servers.programs import RABBITMQ, ensure, path_of
from tests.servers.vhosts import VirtualHosts

_NODE = "madang@localhost"  # the node's own epmd makes the name unique
_WATERMARK = 0.9

# Numbers of messages and consumers come from statistics: five seconds, the usual interval, are long in a test.
_CONFIG = """\
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
collect_statistics_interval = 200
vm_memory_high_watermark.relative = {watermark}
disk_free_limit.absolute = 10MB
"""
_ADVANCED = """\
[{rabbit, [{quorum_tick_interval, 200}]},
 {rabbitmq_management,
  [{sample_retention_policies, [{global, [{60, 1}]}, {basic, [{60, 1}]}, {detailed, [{10, 1}]}]}]}].
"""


class RabbitMQ(VirtualHosts):
    """A private RabbitMQ node with ports, files, Erlang cookie and epmd of its own. It touches no other node.

    Data lives below home.ROOT until close(); it survives stop(), restart() and kill() followed by start(), as far as
    the broker promises: durable queues with their persistent messages, virtual hosts, bindings.
    """

    owned = True

    def __init__(self) -> None:
        ensure(RABBITMQ)
        self._amqp, self._http, self._dist, self._epmd_port, self._cli = free_ports(5)
        management = Management(f"http://127.0.0.1:{self._http}", "guest", "guest")
        super().__init__(f"amqp://guest:guest@127.0.0.1:{self._amqp}//", management)
        self._api = management
        self._home = make_home("rabbitmq")
        self._write_configuration()
        environment = self._environment()
        self._node = Process("rabbitmq", [self._program("rabbitmq-server")], home=self._home, environment=environment)
        self._epmd = Process("epmd", [self._program("epmd")], home=self._home, environment=environment)

    @property
    def pid(self) -> int | None:
        """The pid of the Erlang VM, None while the node does not run."""
        return self._node.pid

    @property
    def management_url(self) -> str:
        return f"http://127.0.0.1:{self._http}"

    def start(self) -> None:
        """Clients can connect on return. Takes several seconds; ServerFailed after 60. A running node is left alone."""
        self.launch()
        self.await_ready()

    def launch(self) -> None:
        """The first half of start(): does not wait, so that other work goes on meanwhile."""
        self._epmd.launch()
        self._epmd.await_ready(lambda: accepts(self._epmd_port))
        self._node.launch()

    def await_ready(self) -> None:
        """The second half of start()."""
        self._node.await_ready(lambda: _speaks_amqp(self._amqp) and self._api.answers())

    def stop(self) -> None:
        """An orderly end; no process of the node is left, its data stay. RabbitMQ 3.10 takes six seconds for it."""
        self._node.end(signal.SIGTERM)
        self._epmd.end(signal.SIGTERM)

    def restart(self) -> None:
        """stop() and start(): the address stays the same, every connection is cut."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """The Erlang VM, and nothing else, dies by SIGKILL: unconfirmed messages may be lost. start() recovers.

        RabbitMQ 3.10 loses a quorum queue that was declared less than a second before, confirmed messages and all: it
        is still listed, and answers nothing. So let two seconds pass between the declaration and the kill.
        """
        self._node.crash()

    def set_memory_alarm(self, on: bool) -> None:
        """While on, the broker blocks every connection that publishes. A restart clears it. Takes a second or two."""
        value = "0" if on else str(_WATERMARK)
        command = [self._program("rabbitmqctl"), "--quiet", "set_vm_memory_high_watermark", value]
        subprocess.run(command, cwd=self._home, env=self._environment(), check=True, capture_output=True, timeout=60)

    def close(self) -> None:
        """Ends the node at once and removes all its files. It cannot be started again."""
        self._node.crash()
        self._epmd.crash()
        remove_home(self._home)

    def _program(self, name: str) -> str:
        return path_of(RABBITMQ, name)

    def _write_configuration(self) -> None:
        config = _CONFIG.format(management=self._http, watermark=_WATERMARK)
        files = {
            "rabbitmq.conf": config,
            "advanced.config": _ADVANCED,
            "enabled_plugins": "[rabbitmq_management].\n",
            "rabbitmq-env.conf": "",
        }
        for name, text in files.items():
            (self._home / name).write_text(text)

    def _environment(self) -> dict[str, str]:
        """All of it: nothing that the caller's environment says about Erlang or RabbitMQ reaches the node."""
        home = self._home
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(home),  # where the Erlang cookie is
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_CRASH_DUMP": str(home / "erl_crash.dump"),
            "RUNNING_UNDER_SYSTEMD": "true",  # the script then becomes the VM, so that the pid is the VM's
            "RABBITMQ_NODENAME": _NODE,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._amqp),
            "RABBITMQ_DIST_PORT": str(self._dist),
            "RABBITMQ_CTL_DIST_PORT_MIN": str(self._cli),
            "RABBITMQ_CTL_DIST_PORT_MAX": str(self._cli),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(home / "generated"),
            "RABBITMQ_LOG_BASE": str(home),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(home / "rabbitmq-env.conf"),
        }


def _speaks_amqp(port: int) -> bool:
    """Whether the broker answers an AMQP 0-9-1 header with a method frame, as it does once it takes clients."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return connection.recv(1) == b"\x01"
    except OSError:
        return False
