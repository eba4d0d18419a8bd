/* browser.mjs - pages in Debian's Chromium: how they look, what axe says, what every control does.
 *
 *     node tests/browser.mjs BASE_URL OUTDIR [KIND ...]
 *
 * Screenshots of every kind of page (or of those named) go to OUTDIR as KIND-WIDTH-THEME.png. The last line is
 * "N passed, N failed". GONE=/news/... names a withdrawn story, to look at its page, too.
 */
import { createRequire } from 'node:module';
import { get as httpGet } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { findKinds } from './kinds.mjs';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const base = (process.argv[2] ?? '').replace(/\/$/, '');
const out = process.argv[3];
const only = process.argv.slice(4);
if (!base || !out) {
    console.error('usage: node tests/browser.mjs BASE_URL OUTDIR [KIND ...]');
    process.exit(2);
}
mkdirSync(out, { recursive: true });

const WIDTHS = [390, 820, 1280];
const THEMES = ['light', 'dark'];
const PATIENCE_MS = 120_000; /* the machine may be busy with other tests */
const BUDGETS = { html: 12_000, css: 8_000, js: 4_000 };

let passed = 0;
let failed = 0;

/* What is in `problems` went wrong; an empty list is a pass. */
function report(what, problems) {
    const list = [problems].flat().filter(Boolean);
    if (list.length === 0) passed++;
    else failed++;
    for (const problem of list.slice(0, 8)) console.log(`FAILED ${what}: ${problem}`);
}

async function check(what, test) {
    try {
        report(what, (await test()) ?? []);
    } catch (error) {
        report(what, [String(error.message ?? error).split('\n')[0]]);
    }
}

const wrong = (condition, sentence) => (condition ? [sentence] : []);

/* --- pages that are watched ------------------------------------------------------------------ */

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

/* Runs in every page before its own scripts: what moved, what the policy forbade. */
function watch() {
    window.seen = { shift: 0, moved: [], violations: [] };
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            window.seen.shift += entry.value;
            for (const source of entry.sources ?? []) window.seen.moved.push(source.node?.outerHTML?.slice(0, 90) ?? '?');
        }
    }).observe({ type: 'layout-shift', buffered: true });
    addEventListener('securitypolicyviolation', (event) => window.seen.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
}

/* A page that keeps what went wrong in `complaints`. */
async function open(options = {}) {
    const { path = '/', width = 1280, theme = 'light', ...context } = options;
    const opened = await browser.newContext({
        viewport: { width, height: width < 700 ? 844 : 900 },
        colorScheme: theme,
        reducedMotion: 'no-preference',
        ...context,
    });
    opened.setDefaultTimeout(PATIENCE_MS);
    const page = await opened.newPage();
    page.complaints = [];
    page.on('pageerror', (error) => page.complaints.push(`script: ${error.message}`));
    page.on('console', (message) => {
        const isThisPage = message.location().url === page.url();
        const isStatus = /status of 4(04|10)/.test(message.text());
        if (message.type() === 'error' && !(isThisPage && isStatus)) page.complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
        if (!request.url().startsWith(base + '/') && !request.url().startsWith('data:')) page.complaints.push(`asks ${request.url()}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400 && response.request().resourceType() !== 'document') page.complaints.push(`${response.status()} for ${response.url()}`);
    });
    if (context.javaScriptEnabled !== false) await page.addInitScript(watch);
    if (path) await page.goto(base + path, { waitUntil: 'load' });
    return page;
}

const close = (page) => page.context().close();

/* To the end of the page and back, so that lazy pictures are there. */
async function readThrough(page) {
    await page.evaluate(async () => {
        for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
            scrollTo(0, y);
            await new Promise((done) => setTimeout(done, 30));
        }
        scrollTo(0, 0);
        const loaded = (image) => image.complete || new Promise((done) => (image.onload = image.onerror = done));
        const patience = new Promise((done) => setTimeout(done, 60_000));
        await Promise.race([patience, Promise.all([...document.images].filter((image) => image.offsetParent).map(loaded))]);
    });
}

/* --- every kind of page ------------------------------------------------------------------------- */

async function runAxe(page) {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    return violations.map(({ id, help, nodes }) => `${id} (${help}) ${nodes.length}x: ${nodes[0].html.slice(0, 120)}`);
}

async function lookAt(page, kind, path, name, withAxe) {
    page.complaints.length = 0;
    await page.goto(base + path, { waitUntil: 'load' });
    await readThrough(page);
    await page.screenshot({ path: `${out}/${name}.png`, fullPage: true });
    const { shift, moved, violations } = await page.evaluate(() => window.seen);
    report(`${name}: nothing moves`, wrong(shift >= 0.0005, `layout shift ${shift.toFixed(4)}: ${moved[0]}`));
    report(`${name}: nothing is forbidden, missing, or asked of others`, [...page.complaints, ...violations]);
    const broken = await page.evaluate(() => [...document.images].filter((image) => image.offsetParent && !image.naturalWidth).map((image) => image.src));
    report(`${name}: pictures`, broken);
    if (withAxe) await check(`${name}: axe`, () => runAxe(page));
}

async function reflows(kind, path) {
    const page = await open({ path, width: 320 });
    await check(`${kind}: 320 px without sideways scroll`, async () => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        return wrong(width > 320, `${width} px wide`);
    });
    await check(`${kind}: letters of twice the size without sideways scroll`, async () => {
        await page.setViewportSize({ width: 640, height: 800 });
        await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        return wrong(width > 640, `${width} px wide`);
    });
    await close(page);
}

/* What search engines and people who share are told. */
async function describesItself(kind, path) {
    if (kind === '404') return;
    const page = await open({ path });
    await check(`${kind}: head`, async () => {
        const head = await page.evaluate(() => ({
            title: document.title,
            canonical: document.querySelector('link[rel=canonical]')?.href ?? '',
            og: [...document.querySelectorAll('meta[property^="og:"]')].map((meta) => meta.getAttribute('property')),
            data: [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => script.textContent),
            h1: document.querySelectorAll('h1').length,
            lang: document.documentElement.lang,
        }));
        const types = head.data.flatMap((text) => JSON.parse(text)['@graph']).map((node) => node['@type']);
        const wanted = ['NewsMediaOrganization', ...(kind === 'home' ? [] : ['BreadcrumbList'])];
        if (kind === 'article') wanted.push('NewsArticle');
        if (kind === 'video') wanted.push('VideoObject');
        return [
            ...wrong(!head.title, 'has no title'),
            ...wrong(new URL(head.canonical || 'x:').pathname + new URL(head.canonical || 'x:').search !== path, `canonical is ${head.canonical}`),
            ...['og:title', 'og:url', 'og:type', 'og:image'].filter((name) => !head.og.includes(name)).map((name) => `has no ${name}`),
            ...wanted.filter((type) => !types.includes(type)).map((type) => `has no ${type}`),
            ...wrong(head.h1 !== 1, `${head.h1} h1`),
            ...wrong(!head.lang.startsWith('zh-Hant'), `lang is ${head.lang}`),
        ];
    });
    await close(page);
}

async function readableWithoutScript(kind, path) {
    const page = await open({ path, javaScriptEnabled: false });
    await check(`${kind}: without JavaScript`, async () => {
        const hidden = await page.locator('.scripted:visible, .sharing:visible, .copying:visible').count();
        return [
            ...wrong(!(await page.locator('h1').count()), 'has no h1'),
            ...wrong(hidden > 0, `shows ${hidden} controls that do nothing`),
            ...wrong(!(await page.locator('main a:visible').count()), 'shows no link'),
            ...wrong((await page.locator('main section:has(> .heading):not(:visible)').count()) > 0, 'hides a section'),
        ];
    });
    await close(page);
}

/* --- controls -------------------------------------------------------------------------------------- */

async function themeSwitch() {
    const page = await open();
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const button = page.locator('[data-theme-switch]');
    const light = await dark();
    await check('theme: by click', async () => {
        await button.click();
        return [...wrong((await dark()) === light, 'stays light'), ...wrong((await button.getAttribute('aria-pressed')) !== 'true', 'is not pressed')];
    });
    await check('theme: is remembered', async () => {
        await page.reload();
        return wrong((await dark()) === light, 'is forgotten');
    });
    await check('theme: by key', async () => {
        await button.focus();
        await page.keyboard.press('Space');
        return wrong((await dark()) !== light, 'stays dark');
    });
    await close(page);
}

async function textSize(story) {
    const page = await open({ path: story });
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize));
    const usual = await size();
    await check('text size: by click', async () => {
        await page.locator('[data-size=huge]').click();
        return [
            ...wrong((await size()) < usual * 1.25, `${await size()} px after ${usual} px`),
            ...wrong((await page.locator('[data-size=huge]').getAttribute('aria-pressed')) !== 'true', 'is not pressed'),
        ];
    });
    await check('text size: is remembered', async () => {
        await page.reload();
        const { shift } = await page.evaluate(() => window.seen);
        return [...wrong((await size()) < usual * 1.25, 'is forgotten'), ...wrong(shift > 0, `moves the page by ${shift}`)];
    });
    await check('text size: by key', async () => {
        await page.locator('[data-size=small]').focus();
        await page.keyboard.press('Enter');
        return wrong((await size()) >= usual, 'is not smaller');
    });
    await close(page);
}

async function ticker() {
    const page = await browser.newContext().then((context) => context.newPage());
    await page.clock.install();
    await page.goto(base + '/');
    const shown = () => page.locator('.flash li.shown').innerText();
    const pause = page.locator('[data-pause]');
    if (!(await pause.count())) {
        report('ticker', ['the home page has fewer than two flash items']);
        await close(page);
        return;
    }
    const first = await shown();
    await check('ticker: goes on by itself', async () => {
        await page.clock.fastForward(6500);
        return wrong((await shown()) === first, 'stands still');
    });
    await check('ticker: pauses by click', async () => {
        await pause.click();
        await page.mouse.move(0, 0);
        await page.locator('body').evaluate(() => document.activeElement.blur());
        const before = await shown();
        await page.clock.fastForward(20000);
        return [...wrong((await shown()) !== before, 'goes on'), ...wrong((await pause.getAttribute('aria-pressed')) !== 'true', 'is not pressed')];
    });
    await check('ticker: goes on by key', async () => {
        await pause.focus();
        await page.keyboard.press('Enter');
        await page.locator('body').evaluate(() => document.activeElement.blur());
        const before = await shown();
        await page.clock.fastForward(6500);
        return wrong((await shown()) === before, 'stands still');
    });
    await check('ticker: steps by click and by key', async () => {
        const start = await shown();
        await page.locator('[data-step="1"]').click();
        const after = await shown();
        await page.locator('[data-step="-1"]').focus();
        await page.keyboard.press('Enter');
        return [...wrong(after === start, 'does not step'), ...wrong((await shown()) !== start, 'does not step back')];
    });
    await close(page);
    const calm = await open({ reducedMotion: 'reduce' });
    await check('ticker: stands still when motion is unwanted', async () =>
        wrong((await calm.locator('[data-pause]').getAttribute('aria-pressed')) !== 'true', 'runs'));
    await close(calm);
}

async function tabs(stories) {
    let page;
    for (const path of stories) {
        page = await open({ path });
        if (await page.locator('[role=tab]').count()) break;
        await close(page);
        page = null;
    }
    if (!page) {
        report('tabs', ['no story has them']);
        return;
    }
    const tab = page.locator('[role=tab]');
    const panel = page.locator('[role=tabpanel]');
    const state = async () => [await panel.nth(0).isVisible(), await panel.nth(1).isVisible()].join();
    await check('tabs: first panel is shown', async () => wrong((await state()) !== 'true,false', await state()));
    await check('tabs: by click', async () => {
        await tab.nth(1).click();
        return wrong((await state()) !== 'false,true', await state());
    });
    await check('tabs: by arrow keys', async () => {
        await page.keyboard.press('ArrowLeft');
        const focused = await page.evaluate(() => document.activeElement.textContent);
        return [...wrong((await state()) !== 'true,false', await state()), ...wrong(focused !== (await tab.nth(0).innerText()), `focus is on ${focused}`)];
    });
    await check('tabs: only the chosen one is in the order of keys', async () =>
        wrong((await tab.nth(0).getAttribute('tabindex')) !== '0' || (await tab.nth(1).getAttribute('tabindex')) !== '-1', 'tabindex'));
    await close(page);
}

async function sharing(story) {
    const page = await open({ path: story, permissions: ['clipboard-read', 'clipboard-write'] });
    const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const forget = () => page.evaluate(() => navigator.clipboard.writeText(''));
    const button = page.locator('[data-copy]');
    await check('copy: by click', async () => {
        await forget();
        await button.click();
        return [...wrong((await copied()) !== canonical, await copied()), ...wrong(!(await button.innerText()).includes('已複製'), 'says nothing')];
    });
    await check('copy: by key', async () => {
        await forget();
        await button.focus();
        await page.keyboard.press('Enter');
        await page.waitForTimeout(50);
        return wrong((await copied()) !== canonical, await copied());
    });
    await check('share: plain links to LINE, Facebook, X and mail', async () => {
        const links = await page.locator('.share a').evaluateAll((all) => all.map((link) => link.href));
        return ['line.me', 'facebook.com', 'x.com', 'mailto:'].filter((part) => !links.some((link) => link.includes(part) && link.includes('/news/')));
    });
    await close(page);
    const sharer = await browser.newContext().then((context) => context.newPage());
    await sharer.addInitScript(() => (navigator.share = async (what) => (window.shared = what)));
    await sharer.goto(base + story);
    await check('share: the system sheet by click and by key', async () => {
        await sharer.locator('[data-share]').first().click();
        const byClick = await sharer.evaluate(() => window.shared?.url);
        await sharer.evaluate(() => delete window.shared);
        await sharer.locator('[data-share]').first().focus();
        await sharer.keyboard.press('Enter');
        const byKey = await sharer.evaluate(() => window.shared?.url);
        return wrong(byClick !== canonical || byKey !== canonical, `${byClick} ${byKey}`);
    });
    await close(sharer);
}

async function menu() {
    const page = await open({ width: 390 });
    const opener = page.locator('.menu > summary');
    const first = page.locator('.menu nav a').first();
    await check('menu: by click', async () => {
        await opener.click();
        return wrong(!(await first.isVisible()), 'stays closed');
    });
    await check('menu: closed by Escape, focus returns', async () => {
        await page.keyboard.press('Escape');
        const focused = await page.evaluate(() => document.activeElement.localName);
        return [...wrong(await first.isVisible(), 'stays open'), ...wrong(focused !== 'summary', `focus is on ${focused}`)];
    });
    await check('menu: by key', async () => {
        await page.keyboard.press('Enter');
        return wrong(!(await first.isVisible()), 'stays closed');
    });
    await close(page);
}

/* Every stop of the Tab key on the page is visible and has a ring. */
async function keyboard(kind, path) {
    const page = await open({ path });
    await check(`${kind}: skip link`, async () => {
        await page.keyboard.press('Tab');
        const box = await page.locator('.skip').boundingBox();
        const focused = await page.evaluate(() => document.activeElement.className);
        return [...wrong(focused !== 'skip', `first stop is ${focused}`), ...wrong(!box || box.y < 0, 'is out of sight')];
    });
    await check(`${kind}: focus rings`, async () => {
        const problems = [];
        for (let i = 0; i < 40; i++) {
            await page.keyboard.press('Tab');
            const stop = await page.evaluate(() => {
                const element = document.activeElement;
                if (element === document.body) return null;
                const style = getComputedStyle(element);
                const box = element.getBoundingClientRect();
                return {
                    what: element.outerHTML.slice(0, 80),
                    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                };
            });
            if (!stop) break;
            if (!stop.ring) problems.push(`no ring on ${stop.what}`);
            if (!stop.seen) problems.push(`out of sight: ${stop.what}`);
        }
        return problems;
    });
    await close(page);
}

async function printed(story) {
    const page = await open({ path: story });
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: `${out}/article-print.png`, fullPage: true });
    await check('print: the story and its address, no lists', async () => {
        const shown = (selector) => page.locator(selector).first().isVisible();
        return [
            ...wrong(!(await shown('h1')) || !(await shown('.body')), 'hides the story'),
            ...wrong(!(await shown('.printed')), 'does not print the address'),
            ...wrong((await shown('.side')) || (await shown('.footer')) || (await shown('.sections')), 'prints lists and menus'),
        ];
    });
    await close(page);
}

/* No list leads back to the page it stands on; beside a story none stands twice. */
async function lists(stories) {
    for (const path of stories.slice(0, 8)) {
        const page = await open({ path });
        await check(`${path}: lists`, async () => {
            const { own, side } = await page.evaluate(() => ({
                own: [...document.querySelectorAll('a')].filter((link) => link.pathname === location.pathname && link.host === location.host && !link.hash).length,
                side: [...document.querySelectorAll('.side a[href^="/news/"]')].map((link) => link.pathname),
            }));
            return [...wrong(own > 0, `${own} links to the page itself`), ...wrong(new Set(side).size !== side.length, 'a story stands twice')];
        });
        await close(page);
    }
}

/* --- bytes on the wire ---------------------------------------------------------------------------------- */

const bytesOf = (path) =>
    new Promise((done, fail) => {
        httpGet(base + path, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => done({ size: Buffer.concat(chunks).length, coding: answer.headers['content-encoding'] ?? 'none' }));
        }).on('error', fail);
    });

async function budgets(story) {
    const html = await (await fetch(base + story)).text();
    const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => match[1]);
    const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map((match) => match[1]);
    const total = async (paths) => (await Promise.all(paths.map(bytesOf))).reduce((sum, { size }) => sum + size, 0);
    for (const [what, paths] of Object.entries({ html: [story], css: styles, js: scripts })) {
        const size = await total(paths);
        console.log(`${what}: ${size} bytes of ${BUDGETS[what]}`);
        report(`budget of ${what}`, wrong(size > BUDGETS[what] || size === 0, `${size} bytes`));
    }
}

/* --- all of it ------------------------------------------------------------------------------------------- */

const { pages, missing, stories } = await findKinds(base);
if (process.env.GONE) pages.push(['410', process.env.GONE]);
const chosen = pages.filter(([kind]) => only.length === 0 || only.includes(kind));
report('every kind of page is linked', missing);
const story = pages.find(([kind]) => kind === 'article')?.[1];

for (const width of WIDTHS) {
    for (const theme of THEMES) {
        const page = await open({ path: '', width, theme });
        for (const [kind, path] of chosen) {
            const name = `${kind}-${width}-${theme}`;
            await check(name, () => lookAt(page, kind, path, name, width !== 820));
        }
        await close(page);
    }
}
for (const [kind, path] of chosen) {
    await reflows(kind, path);
    await readableWithoutScript(kind, path);
    if (kind !== '410') await describesItself(kind, path);
}
if (only.length === 0) {
    await themeSwitch();
    await ticker();
    await menu();
    for (const kind of ['home', 'article', 'section']) await keyboard(kind, pages.find(([name]) => name === kind)[1]);
    await textSize(story);
    await tabs(stories);
    await sharing(story);
    await printed(story);
    await lists(stories);
    await budgets(story);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
