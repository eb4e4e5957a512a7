"""`python -m sellerinbox` is the same program as `sellerinbox`."""

import sys

from sellerinbox.cli.main import main

sys.exit(main())
