"""Step 10: the one way from a table to come and all that was published before to what may be shown."""

from collections.abc import Sequence

from anonymizers.differencing.past import Late, PastRelease, Release, Settled


def settle(new: Release, past: Sequence[PastRelease], *, late: Late) -> Settled:
    """Protect a table (steps 6 to 8) and compare it with every release of its comparison group (step 10).

    `past`: every release ever published that may share a row with the new one, oldest first, of any dataset of the
    group; those of the same dataset and period are its earlier versions. Releases that can share no row may be left
    out. Where nobody is counted (`rules.ks` empty), call nothing: there is nobody to protect.

    Refuses (`GuaranteeBroken`) `differencing.breach` when masking the new cells is not enough,
    `differencing.infeasible` when the versions contradict one another, and whatever `protect` refuses.
    Source: LANGUAGE.md section 9, "Differencing".
    """
    raise NotImplementedError
