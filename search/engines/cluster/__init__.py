"""The engine for many machines: an Elasticsearch cluster, over the network."""
