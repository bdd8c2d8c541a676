"""The one boundary where the browser's exceptions become a reason in words."""

from __future__ import annotations

from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.observer import FrameGone


def browser_failure(error: BaseException) -> str | None:
    """Why the browser could not go on; None for an error that is not the browser's."""
    if isinstance(error, PlaywrightError | FrameGone):
        return str(error).strip().splitlines()[0][:300]
    if isinstance(error, TimeoutError):
        return "the browser does not answer"
    # Playwright raises a bare Exception when its driver process is gone.
    if type(error) is Exception and "closed" in str(error).lower():
        return "the browser is gone"
    return None
