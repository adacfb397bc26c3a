"""From what the client raises to the exceptions and sentences of every engine."""

import contextlib
from collections.abc import Iterator

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError
from elasticsearch.helpers import BulkIndexError

from search.engines.engine import EngineUnavailable, IndexMissing

_MISSING = ("index_not_found_exception", "aliases_not_found_exception")
_NO_COPY = "no_shard_available_action_exception"
_REFUSED = (401, 403)
_FULL = (429, 503, 507)
TOO_SLOW = "The search cluster at {} did not answer in time."
_NOT_AS_AGREED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class RequestRejected(EngineUnavailable):
    """The cluster answered, but not to this: others need not be kept from asking."""


class TooSlow(EngineUnavailable):
    """The answer did not come in time: the cluster may be down, or the question a dear one."""


class NoCopyReady(RequestRejected):
    """No copy of the index could be asked: it has just been replaced, or is still being opened."""


@contextlib.contextmanager
def faults_told(told: str) -> Iterator[None]:
    """Say in our words what went wrong; `told` is where the cluster is, without the password.

    Raises `IndexMissing`, `EngineUnavailable`, and ValueError for a document that is none.
    """
    try:
        yield
    except BulkIndexError as error:
        raise _of_bulk(told, error) from error
    except UnsupportedProductError as error:
        raise EngineUnavailable(f"What answers at {told} is not Elasticsearch.") from error
    except ApiError as error:
        raise _of_answer(told, *_status_and_type(error)) from error
    except ConnectionTimeout as error:
        raise TooSlow(TOO_SLOW.format(told)) from error
    except TlsError as error:
        raise EngineUnavailable(f"The certificate of {told} is not trusted.") from error
    except TransportError as error:
        raise EngineUnavailable(f"The search cluster at {told} cannot be reached.") from error


@contextlib.contextmanager
def answers_read(told: str) -> Iterator[None]:
    """Raise `RequestRejected` where what the cluster answered is not of the form agreed on."""
    try:
        yield
    except (*_NOT_AS_AGREED, RecursionError) as error:
        raise RequestRejected(f"What {told} answered cannot be read.") from error


def _status_and_type(error: ApiError) -> tuple[int, str]:
    """Return the status and the kind of fault; a part of a multiple search has its own."""
    body = error.body if isinstance(error.body, dict) else {}
    fault = body.get("error")
    if isinstance(fault, dict):
        fault = next(iter(fault.get("root_cause") or [fault]))
    kind = fault.get("type", "") if isinstance(fault, dict) else str(fault or "")
    return int(body.get("status") or error.meta.status), kind


def _of_answer(told: str, status: int, kind: str) -> Exception:
    if kind in _MISSING or (status == 404 and not kind):
        return IndexMissing("No index has been built on the search cluster.")
    if kind == _NO_COPY:
        return NoCopyReady(f"The search cluster at {told} has no copy of the index ready.")
    if status in _REFUSED and kind != "cluster_block_exception":
        return EngineUnavailable(f"The search cluster at {told} refuses the hub's name.")
    if status in _FULL or kind == "cluster_block_exception":
        return EngineUnavailable(f"The search cluster at {told} is full or overloaded ({kind}).")
    failed = RequestRejected if status == 400 else EngineUnavailable
    return failed(f"The search cluster at {told} failed ({status} {kind}).")


def _of_bulk(told: str, error: BulkIndexError) -> Exception:
    faults = [next(iter(item.values())) for item in error.errors]
    for fault in faults:
        said = fault.get("error")
        kind = said.get("type", "") if isinstance(said, dict) else ""
        if fault.get("status") != 400:
            return _of_answer(told, int(fault.get("status") or 500), kind)
    return ValueError(f"The search cluster takes no such document: {kind}.")
