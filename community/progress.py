"""A progress bar for commands: redrawn in place on a terminal, one line per tenth elsewhere."""

WIDTH = 30


class Progress:
    """`total` steps to come. `show(done, text)` draws; `finish()` leaves the line."""

    def __init__(self, stream, total: int):
        self.stream, self.total, self.drawn = stream, max(total, 1), None
        self.redraws = bool(getattr(stream, "isatty", lambda: False)())

    def show(self, done: int, text: str = "") -> None:
        share = min(done / self.total, 1)
        state = (int(share * 100), text) if self.redraws else int(share * 10)
        if state == self.drawn:
            return
        self.drawn, filled = state, int(share * WIDTH)
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%} {text}"
        self.stream.write(f"\r{bar}\x1b[K" if self.redraws else bar, ending="" if self.redraws else "\n")
        self.stream.flush()

    def finish(self) -> None:
        if self.redraws:
            self.stream.write("")
