"""What all models of the client share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    import networkx
    import pandas


class Model(BaseModel):
    """Something that a service answered; fields of newer services are kept under their names."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Request(BaseModel):
    """Something that is sent; a field that the service would not know is refused at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Tabular(Model):
    """An answer that can be turned into a table."""

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a plain row for each item, best first; needs nothing else installed."""
        from evipath_client.tables import rows

        return rows(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; needs the extra ``pandas``."""
        from evipath_client.tables import frame

        return frame(self.to_rows(), self)


class Networked(Model):
    """An answer that can be turned into a network."""

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the network of its signed links; needs the extra ``networkx``."""
        from evipath_client.networks import network

        return network(self)
