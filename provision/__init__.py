"""What is provided, where, until when, and what the source does not say.

The words below mean the same everywhere: in the code, on screen, in the files.

Covered
    At least one contracted, women-specific service is *named* for the area and is active on the
    chosen date. Its *level* is the fullest of the active services: ``one-to-one`` or
    ``wrap-around`` (which stands for wrap-around or whole-system).
None
    The source *lists* the area as having no contracted service. Absence of a record is never read
    as none.
Lapsed
    Services are named for the area, none is active, and every one that had begun has ended. The
    source does not say what followed, so lapsed is counted apart from none.
Not stated
    The source does not say: the area is in no list, or the only contracts named for it have a start
    that is not stated, or lies ahead. Never counted as covered, never as none; a count that it
    could change is given as a range.

A record speaks from its own date (``region.as_at``) forward, until something in it ends. It is
never carried backwards: before that date, only contracts whose start is stated count, and a listed
*none* is not yet stated.

A contract dated to the month runs from the first day of its first month to the last day of its
last.

Every table is indexed by area code (GSS codes for London), in the order of the boundaries file.
Populations are residents; areas are hectares; geometry is WGS84 longitude and latitude (EPSG:4326)
unless a name says otherwise."""
