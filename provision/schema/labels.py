"""Words for values of the record itself, that what is worked out from it says too."""

from __future__ import annotations

from provision.schema.services import Level

LEVEL_WORDS = {
    Level.ONE_TO_ONE: "one-to-one support only",
    Level.WRAP_AROUND: "wrap-around or whole-system support",
    Level.NOT_STATED: "support of a level that is not stated",
}
