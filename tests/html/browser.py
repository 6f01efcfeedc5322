"""A headless Chromium spoken to over two pipes, so that a test can click, read what the console says, and print."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (found := shutil.which(name))),
    None,
)  # fmt: skip
NO_BROWSER = "no Chromium is installed here"
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 60  # seconds until a browser that says nothing is taken for dead


class Page:
    """One page of a browser; `said` are the errors and warnings of its console, `asked` the addresses it fetched."""

    def __init__(self, profile: Path) -> None:
        self._read, out = os.pipe()
        into, self._write = os.pipe()

        def wire() -> None:
            """Chromium reads orders from descriptor 3 and answers on 4."""
            kept = os.dup(into), os.dup(out)
            os.dup2(kept[0], 3)
            os.dup2(kept[1], 4)

        self._process = subprocess.Popen(
            [CHROMIUM, *SWITCHES, f"--user-data-dir={profile}", "about:blank"], preexec_fn=wire, pass_fds=(3, 4),
            close_fds=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(into)
        os.close(out)
        self._rest, self._number, self._session = b"", 0, None
        self.said: list[str] = []
        self.asked: list[str] = []
        self._loaded = False
        self.tabs: list[str] = []
        self.tab()

    def tab(self) -> str:
        """Open one more tab, which orders are for from now on; return what `use` knows it by."""
        self._session = None
        target = self.order("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.order("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.order(f"{domain}.enable")
        self.tabs.append(self._session)
        return self._session

    def use(self, tab: str) -> None:
        """Have orders be for another tab."""
        self._session = tab

    def leave(self) -> None:
        """Close the tab as its person does, who leaves the page by it."""
        self.order("Page.close")
        self.tabs.remove(self._session)
        self._session = None

    def close(self) -> None:
        """End the browser that this page started."""
        self._process.terminate()
        self._process.wait(PATIENCE)
        os.close(self._write)
        os.close(self._read)

    def order(self, method: str, **params: object) -> dict:
        """Send an order of the DevTools protocol and return its answer."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": params}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._write, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._loaded = False
        self.order("Page.navigate", url=address)
        while not self._loaded:
            self._next()

    def run(self, script: str) -> object:
        """Return the value of an expression of JavaScript, run in the page as a person's click would be."""
        told = self.order("Runtime.evaluate", expression=script, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression of JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while not self._holds(script):
            assert time.monotonic() < end, script
            time.sleep(0.02)

    def _holds(self, script: str) -> bool:
        """Tell whether an expression is true; it is not while the page is left for another."""
        try:
            return bool(self.run(script))
        except AssertionError as error:
            if "navigated" not in str(error):
                raise
            return False

    def choose(self, selector: str, file: Path) -> None:
        """Give a file to the input that a selector finds, as a person who chooses it."""
        root = self.order("DOM.getDocument")["root"]["nodeId"]
        node = self.order("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.order("DOM.setFileInputFiles", nodeId=node, files=[str(file)])

    def drop(self, selector: str, *files: Path) -> None:
        """Drag files over what a selector finds, and drop them there."""
        x, y = self.run(
            f"(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelector('{selector}').getBoundingClientRect())"
        )
        held = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.order("Input.dispatchDragEvent", type=kind, x=x, y=y, data=held)

    def press(self, *keys: str) -> None:
        """Press keys one after the other; one letter is typed."""
        for key in keys:
            code = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowDown": 40}.get(key, 0)
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
            held = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code}
            self.order("Input.dispatchKeyEvent", type="keyDown", **held, **({"text": text} if text else {}))
            self.order("Input.dispatchKeyEvent", type="keyUp", **held)

    def download_into(self, folder: Path) -> None:
        """Have what is downloaded kept in a folder."""
        session, self._session = self._session, None
        self.order("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        self._session = session

    def size(self, width: int, height: int) -> None:
        """Give the window a size in pixels."""
        self.order(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def media(self, kind: str, **features: str) -> None:
        """Take the page for printed, or for that of a reader who prefers something."""
        told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.order("Emulation.setEmulatedMedia", media=kind, features=told)

    def shot(self, whole: bool = False) -> bytes:
        """Return a picture of the window as PNG, or of the whole page."""
        told = self.order("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(told["data"])

    def pdf(self) -> bytes:
        """Return the page as it is printed on A4."""
        return base64.b64decode(self.order("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _next(self) -> dict:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], PATIENCE)
            piece = os.read(self._read, 1 << 20) if ready else b""
            assert piece, "Chromium does not answer"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        told = json.loads(message)
        self._note(told.get("method", ""), told.get("params", {}))
        return told

    def _note(self, event: str, told: dict) -> None:
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        elif event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.said.append(told["entry"]["text"])
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.said.append(str(told["args"]))
        elif event == "Runtime.exceptionThrown":
            self.said.append(str(told["exceptionDetails"]))
