"""One line that counts on a terminal; nothing where the output is a file or a pipe."""


class Progress:
    def __init__(self, stream, label):
        self.stream, self.label = stream, label
        self.shown = -1
        self.terminal = bool(getattr(stream, "isatty", lambda: False)())

    def __call__(self, done, total):
        percent = done * 100 // total if total else 100
        if self.terminal and percent != self.shown:
            self.shown = percent
            end = "\n" if done == total else ""
            self.stream.write(f"\r{self.label}: {percent:3d}% ({done}/{total})", ending=end)
            self.stream.flush()
