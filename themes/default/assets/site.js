/* site.js - what a page can do besides being read. Nothing here is needed to read it; every feature stands alone. */

const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const press = (button, pressed) => button.setAttribute("aria-pressed", pressed);

/* Storage may be forbidden; then a choice lasts as long as the page. */
function remember(name, value) {
    try {
        localStorage[name] = value;
    } catch {}
}

/* --- text size, light and dark --- */

function showTextSize() {
    const size = root.dataset.text || "medium";
    for (const button of all("[data-size]")) press(button, button.dataset.size === size);
}

for (const button of all("[data-size]"))
    button.onclick = () => {
        remember("text", (root.dataset.text = button.dataset.size));
        showTextSize();
    };
showTextSize();

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);

for (const button of all("[data-theme-switch]")) {
    const show = () => press(button, isDark());
    button.onclick = () => {
        remember("theme", (root.dataset.theme = isDark() ? "light" : "dark"));
        show();
    };
    systemDark.addEventListener("change", show);
    show();
}

/* --- flash ticker: one headline at a time, stopped by its button, by pointing at it and by a hidden tab --- */

const SECONDS_PER_FLASH = 6;

for (const ticker of all(".flash")) {
    const items = all("li", ticker);
    const pause = ticker.querySelector("[data-pause]");
    if (!pause) continue;
    let at = 0;
    let running = !matchMedia("(prefers-reduced-motion: reduce)").matches;

    const show = next => {
        items[at].classList.remove("shown");
        at = (next + items.length) % items.length;
        items[at].classList.add("shown");
    };
    const run = on => {
        running = on;
        press(pause, !running);
    };
    pause.onclick = () => run(!running);
    for (const button of all("[data-step]", ticker))
        button.onclick = () => {
            run(false);
            show(at + Number(button.dataset.step));
        };
    setInterval(() => {
        if (running && !document.hidden && !ticker.matches(":hover, :focus-within")) show(at + 1);
    }, SECONDS_PER_FLASH * 1000);
    items[0].parentElement.classList.add("rotating");
    show(0);
    run(running);
}

/* --- tabs: the page brings the buttons and all panels, and its style shows the first, so nothing moves here --- */

for (const bar of all("[data-tabs]")) {
    const tabs = all("button", bar);
    const panels = all(":scope > div:not([class])", bar.parentElement);
    const select = chosen =>
        tabs.forEach((tab, i) => {
            tab.setAttribute("aria-selected", i === chosen);
            tab.tabIndex = i === chosen ? 0 : -1;
            panels[i].classList.toggle("shown", i === chosen);
        });
    bar.role = "tablist";
    tabs.forEach((tab, i) => {
        tab.role = "tab";
        tab.id = `tab-${i}`;
        panels[i].id = `panel-${i}`;
        panels[i].role = "tabpanel";
        tab.setAttribute("aria-controls", panels[i].id);
        panels[i].setAttribute("aria-labelledby", tab.id);
        tab.onclick = () => select(i);
    });
    bar.onkeydown = event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        const next = (tabs.indexOf(event.target) + step + tabs.length) % tabs.length;
        select(next);
        tabs[next].focus();
    };
    bar.classList.add("live");
    select(0);
}

/* --- times: "N 分鐘前" in lists, for the last hour, where it can move nothing. The page itself prints a fact, so it can
   be kept anywhere for any time. --- */

const times = all(".card .meta time, .lead .meta time, .timeline time").map(time => ({
    at: new Date(time.dateTime),
    text: time.firstChild,
    printed: time.firstChild.data,
}));

function showTimes() {
    for (const { at, text, printed } of times) {
        const minutes = Math.floor((Date.now() - at) / 60000);
        const recent = minutes >= 0 && minutes < 60;
        const words = !recent ? printed : minutes ? `${minutes} 分鐘前` : "剛剛";
        if (text.data !== words) text.data = words;
    }
}
showTimes();
setInterval(showTimes, 60000);

for (const today of all("[data-today]"))
    today.textContent = new Intl.DateTimeFormat("zh-TW", { dateStyle: "full" }).format();

/* --- sharing and printing --- */

const link = () => document.querySelector("link[rel=canonical]")?.href || location.href;

for (const button of all("[data-share]"))
    button.onclick = () => navigator.share({ title: document.title, url: link() }).catch(() => {});

for (const button of all("[data-copy]")) {
    const text = button.querySelector("span");
    const printed = text.textContent;
    button.onclick = async () => {
        await navigator.clipboard.writeText(link());
        text.textContent = "已複製連結";
        setTimeout(() => (text.textContent = printed), 2000);
    };
}

for (const button of all("[data-print]")) button.onclick = () => print();

/* --- menu: closed by Escape and by pressing elsewhere; the current section is in sight --- */

for (const menu of all(".menu")) {
    const close = () => (menu.open = false);
    addEventListener("keydown", event => {
        if (event.key !== "Escape" || !menu.open) return;
        close();
        menu.querySelector("summary").focus();
    });
    addEventListener("click", event => menu.contains(event.target) || close());
}

for (const current of all(".sections [aria-current]")) {
    const list = current.closest("ul");
    list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

/* --- who is reading: fills the member's room once there are members --- */

const member = document.querySelector("[data-room=member]");

if (member)
    addEventListener("load", async () => {
        const answer = await fetch("/me", { headers: { accept: "application/json" } }).catch(() => null);
        const me = answer?.ok ? await answer.json() : {};
        if (!me.signed_in) return;
        member.textContent = me.name;
        member.hidden = false;
    });
