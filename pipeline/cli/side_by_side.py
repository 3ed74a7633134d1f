"""Who fits the folds of a training: this process, several here, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import WaraError


@contextmanager
def side_by_side(workers: int = 1, cluster: str = "") -> Iterator[None]:
    """Whatever joblib does inside is done by so many processes, or on the cluster.

    Raises ClusterError where that cannot be reached, or cannot do the work.
    """
    import joblib

    if not cluster:
        with joblib.parallel_config("loky", n_jobs=workers):
            yield
        return
    from pipeline.batch.connecting import connect, unfit

    client = connect(cluster)
    try:
        with joblib.parallel_config("dask", n_jobs=-1, client=client):
            yield
    except WaraError:
        raise
    except Exception as error:  # whatever a worker without wara, or one that is lost, raises
        raise unfit(cluster, error) from error
    finally:
        client.close(timeout=5)
