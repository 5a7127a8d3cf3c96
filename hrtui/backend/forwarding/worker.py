"""The worker that delivers: takes what is due, sends it, notes what became of it, and reads answers."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import cast

from hrtui import clock
from hrtui.backend.accounts.vault import Vault, VaultError
from hrtui.backend.config import Config, section
from hrtui.backend.database import Busy, Connection, Database
from hrtui.backend.documents.objects import MissingObjectError
from hrtui.backend.documents.store import Documents
from hrtui.backend.forwarding import queue
from hrtui.backend.forwarding.answers import take_answers
from hrtui.backend.forwarding.channels.port import Channel, DeliveryError
from hrtui.backend.forwarding.package import DamagedError, Package, package_of
from hrtui.backend.forwarding.queue import Job
from hrtui.backend.forwarding.setup import open_channel
from hrtui.backend.logs import failure, log
from hrtui.backend.sync.positions import clock_of
from hrtui.backend.sync.stored import units_of
from hrtui.backend.sync.watch import due_tenants
from hrtui.domain.sync.transmission import TransmissionUnits
from hrtui.failpoints import failpoint
from hrtui.i18n import t

Taking = Callable[[Connection], Job | None]
Looking = Callable[[Connection], list[int]]


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between two looks at the queue, that a delivery is held, between two looks for answers."""

    look: float = 2.0
    lease: int = 60
    answers: int = 300


def pace_of(config: Config) -> Pace:
    """The pace by the table `[delivery]` of the configuration; raises ConfigError."""
    return Pace(**section(config, "delivery", asdict(Pace())))


class Deliverer:
    """A worker; `start` runs it in a thread of its own until `stop`, `once` does what is due now.

    `beside` does what else is due for an employer and returns how much that was.
    """

    def __init__(
        self,
        database: Database,
        documents: Documents,
        vault: Vault,
        pace: Pace,
        beside: Callable[[int], int] | None = None,
    ) -> None:
        self._beside = beside
        self._database = database
        self._documents = documents
        self._vault = vault
        self._pace = pace
        self._lease = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(6)}"
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; nothing is awaited."""
        self._thread = threading.Thread(target=self._run, name="deliver", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after what is being sent, or leave it to the lease where that takes long."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(5.0)

    def once(self) -> int:
        """Deliver what is due now and read the answers that are there; returns how much that was."""
        done = 0
        for tenant_id in due_tenants(self._database, clock.seconds()):
            while not self._stopped.is_set():
                job = self._database.run(tenant_id, self._take(tenant_id))
                if job is None:
                    break
                self._deliver(job)
                done += 1
            if self._beside is not None:
                done += self._beside(tenant_id)
            done += self._answers(tenant_id)
        return done

    def _run(self) -> None:
        while not self._stopped.wait(self._pace.look):
            try:
                self.once()
            except Busy:
                continue
            except Exception as problem:
                # A database that restarts must not end the delivering; the next look tries again.
                log.error("delivering failed", **failure(problem))

    def _take(self, tenant_id: int) -> Taking:
        return lambda con: queue.take(con, tenant_id, self._lease, self._pace.lease)

    def _deliver(self, job: Job) -> None:
        failpoint("deliver.taken")
        try:
            channel, package = self._prepare(job)
            with self._held(job):
                place = channel.send(package)
        except DeliveryError as problem:
            self._put_off(job, problem.text, hopeless=problem.hopeless)
        except DamagedError:
            self._put_off(job, t("The files are not those that were forwarded."), hopeless=True)
        except MissingObjectError:
            self._put_off(job, t("The files are not there."), hopeless=True)
        except VaultError as problem:
            self._put_off(job, str(problem))
        except Exception as problem:
            log.error("delivery failed", transmission=str(job.transmission_id), **failure(problem))
            self._put_off(
                job, t("Something went wrong at the backend ({kind}).", kind=type(problem).__name__)
            )
        else:
            failpoint("deliver.sent")
            self._database.run(job.tenant_id, lambda con: queue.finish(con, job, place))
            failpoint("deliver.finished")
            log.info(
                "delivered", tenant=job.tenant_id, transmission=str(job.transmission_id), tries=job.tries
            )

    def _put_off(self, job: Job, text: str, *, hopeless: bool = False) -> None:
        log.warning("not delivered", tenant=job.tenant_id, transmission=str(job.transmission_id))
        self._database.run(job.tenant_id, lambda con: queue.put_off(con, job, text, hopeless=hopeless))

    def _prepare(self, job: Job) -> tuple[Channel, Package]:
        with self._database.transaction(job.tenant_id, read_only=True) as con:
            _, channel = open_channel(con, self._vault, job.tenant_id, job.channel_id)
            units, employer = _transmission(con, job)
        bundle = self._documents.read(job.tenant_id, units["bundle"])
        return channel, package_of(employer, job.transmission_id, units, bundle, job.tries)

    @contextmanager
    def _held(self, job: Job) -> Iterator[None]:
        """Renew the lease while the block runs."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(self._pace.lease / 3):
                self._database.run(job.tenant_id, lambda con: queue.renew(con, job, self._pace.lease))

        thread = threading.Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _answers(self, tenant_id: int) -> int:
        """Look for answers through the channels whose time it is; each look is one worker's."""
        taken = 0
        for channel_id in self._database.run(tenant_id, self._looking(tenant_id)):
            try:
                with self._database.transaction(tenant_id, read_only=True) as con:
                    name, channel = open_channel(con, self._vault, tenant_id, channel_id)
                files = [
                    (file, hashlib.sha256(file.encode() + b"\0" + content).hexdigest(), content)
                    for file, content in channel.answers()
                ]
            except (DeliveryError, VaultError) as problem:
                log.warning("no answers", tenant=tenant_id, kind=type(problem).__name__)
                continue
            taken += take_answers(self._database, tenant_id, channel_id, name, files)
        return taken

    def _looking(self, tenant_id: int) -> Looking:
        def work(con: Connection) -> list[int]:
            clock_of(con, tenant_id, lock=True)
            moment = clock.seconds()
            due = "tenant_id = ? AND returns_at > 0 AND returns_at <= ?"
            ids = con.all(f"SELECT id FROM delivery_channel WHERE {due}", tenant_id, moment)
            sql = f"UPDATE delivery_channel SET returns_at = ? WHERE id = ? AND {due}"
            following = moment + self._pace.answers
            taken = [id_ for (id_,) in ids if con.execute(sql, following, id_, tenant_id, moment)]
            queue.plan(con, tenant_id)
            return taken

        return work


def _transmission(con: Connection, job: Job) -> tuple[TransmissionUnits, str]:
    """The units of a transmission and the employer's name; raises DamagedError where it is not there."""
    units = units_of(con, job.tenant_id, "transmission", job.transmission_id)
    employer = units_of(con, job.tenant_id, "employer", job.tenant_id)
    if units is None or employer is None:
        raise DamagedError
    return cast("TransmissionUnits", units), str(employer["name"])
