"""`python -m bot` is `unigo-bot`."""

import sys

from bot.cli import main

sys.exit(main())
