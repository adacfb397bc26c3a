"""What an uploaded file is, and whether it is a film this site can use. Decides before all else."""

from .apart import probe_apart
from .facts import Limits, Probe
from .looking import probe

__all__ = ["Limits", "Probe", "probe", "probe_apart"]
