"""The engine for many machines: an Elasticsearch cluster, over the network."""

from search.engines.cluster.engine import ClusterEngine

__all__ = ["ClusterEngine"]
