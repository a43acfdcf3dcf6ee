"""`python3 -m cms.launch <task>`. This file must be read by any Python 3, to say which one is needed."""

import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.exit(
        "Linli needs Python %d.%d or newer and this is %d.%d: install a newer one and name it with"
        " make PYTHON=/path/to/python3." % (NEEDED + tuple(sys.version_info[:2]))
    )

from cms.launch.tasks import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
