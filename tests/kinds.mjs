/* kinds.mjs - one address of every kind of page, found by following links from the home page.
 *
 *     import { findKinds } from './kinds.mjs'     [[kind, path], ...]
 *     node tests/kinds.mjs BASE_URL               the same, a line each; fails when a kind is missing
 */
import { pathToFileURL } from 'node:url';

/* In the order they are looked for; the first address that matches is taken. */
const KINDS = {
    home: /^\/$/,
    article: /^\/news\/\d{8}\/\d+$/,
    section: /^\/section\/[^/]+$/,
    keyword: /^\/keyword\/[^/]+$/,
    author: /^\/author\/[^/]+$/,
    latest: /^\/latest$/,
    'latest-2': /^\/latest\?page=2$/,
    hot: /^\/hot$/,
    'hot-section': /^\/hot\/[^/]+$/,
    flash: /^\/flash$/,
    videos: /^\/video$/,
    video: /^\/video\/\d+$/,
    topics: /^\/topics$/,
    topic: /^\/topic\/[^/]+$/,
    sitemap: /^\/sitemap$/,
    static: /^\/page\/[^/]+$/,
    month: /^\/news\/\d{6}$/,
    day: /^\/news\/\d{8}$/,
};

async function get(address) {
    const answer = await fetch(address, { redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
}

/* Links of this site, as they are written. */
export function linksOf(html) {
    return [...html.matchAll(/ href="(\/[^"#]*)/g)].map((match) => match[1].replaceAll('&amp;', '&'));
}

/* The longest of the first stories is the best to look at. */
async function fullestStory(base, paths) {
    let best = paths[0];
    let most = 0;
    for (const path of paths.slice(0, 12)) {
        const { status, text } = await get(base + path);
        const worth = text.length + 4000 * (text.includes('<h2 id=') + text.includes('class="hero"') + text.includes('<table'));
        if (status === 200 && worth > most) [best, most] = [path, worth];
    }
    return best;
}

export async function findKinds(base) {
    const names = Object.keys(KINDS);
    const found = new Map();
    const seen = ['/'];
    for (let i = 0; i < seen.length && found.size < names.length; i++) {
        const path = seen[i];
        const kind = names.find((name) => KINDS[name].test(path) && !found.has(name));
        if (!kind) continue;
        const { status, text } = await get(base + path);
        if (status !== 200) throw new Error(`${path} answers ${status}`);
        found.set(kind, path);
        for (const link of linksOf(text))
            if (!seen.includes(link) && names.some((name) => KINDS[name].test(link))) seen.push(link);
    }
    const stories = seen.filter((path) => KINDS.article.test(path));
    if (stories.length) found.set('article', await fullestStory(base, stories));
    const pages = names.filter((name) => found.has(name)).map((name) => [name, found.get(name)]);
    return { pages: [...pages, ['404', '/no/such/page']], missing: names.filter((name) => !found.has(name)), stories };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    const { pages, missing } = await findKinds(process.argv[2].replace(/\/$/, ''));
    for (const [kind, path] of pages) console.log(`${kind} ${path}`);
    for (const kind of missing) console.error(`no link leads to a page of kind ${kind}`);
    process.exit(missing.length ? 1 : 0);
}
