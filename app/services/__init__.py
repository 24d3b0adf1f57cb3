"""The use cases: plain functions over a store, one file a use case; every door calls them."""
