/* Before the first paint: what the reader chose on this device, and what this browser can do, so that nothing moves
 * later. Not a module, because it must run while the head is read; not in the page, because no script may stand there. */
(function (root) {
    root.className = "scripted" + (navigator.share ? " shares" : "") + (navigator.clipboard ? " copies" : "");
    try {
        if (localStorage.theme) root.dataset.theme = localStorage.theme;
        if (localStorage.text) root.dataset.text = localStorage.text;
    } catch (storageIsForbidden) {
        return;
    }
})(document.documentElement);
