"""The way in: `python -m bot`, or `xianfeng`."""

from bot.cli.program import main

if __name__ == "__main__":
    main()
