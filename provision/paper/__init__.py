"""What leaves the screen: views as figures, packs and papers, made on the server without a browser
and the same every time.

:mod:`provision.paper.views` says what a view shows, in words and rows; figures, packs, documents
and slides are built on it."""
