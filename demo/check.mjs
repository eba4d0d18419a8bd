/* check.mjs - holds the demo paper's content to what content/README.md says.
 *
 * Every name that leads somewhere leads there, every picture is drawn, headlines have the right length, the typography
 * is that of a Taiwanese newsroom, and nothing points at a real site. Prints what is wrong; the last line is
 * "N passed, N failed", and the exit status 1 when something failed. */
import { readFileSync, readdirSync } from 'node:fs';
import { allScenes, drawing } from './draw/draw.mjs';

const content = new URL('content/', import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(file, content)));

const STORIES_LEAST = 64;
const SECTION_LEAST = 8;
const TITLE_WIDTH = [15, 30]; // full-width units
const SHORT_WIDTH = [6, 22];
const LEAD_WIDTH = [30, 110];
const BODY_LETTERS = [500, 1000]; // characters with tables, without markup
const KEYWORDS = [3, 8];
const MINUTES_AGO_LEAST = 12;
const RELATED_MOST = 6;
const DAYS_MOST = 14;

let passed = 0;
let failed = 0;
function check(right, what) {
    if (right) passed++;
    else {
        failed++;
        console.error(what);
    }
}

const paper = read('paper.json');
const files = readdirSync(new URL('stories/', content)).sort();
const storiesOf = Object.fromEntries(files.map((file) => [file.replace('.json', ''), read(`stories/${file}`)]));
const stories = Object.values(storiesOf).flat();
const videos = read('videos.json');
const scenes = await allScenes();
const pictures = new Set(scenes.map(([name]) => name));
const sections = new Set(paper.sections.map((s) => s.slug));
const people = new Map(paper.people.map((p) => [p.slug, p]));
const keywords = new Set(paper.keywords.map((k) => k.name));
const byRef = new Map(stories.map((s) => [s.ref, s]));

const isHan = (letter) => /\p{Script=Han}/u.test(letter);
/** Width in full-width units: letters, digits and half-width marks take half of one. */
const width = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) < 0x300 ? 0.5 : 1), 0);
const within = (value, [least, most]) => value >= least && value <= most;
/** Minutes before the coming midnight, the smaller the newer; those counted from now are newer than all days before. */
function age(item) {
    if (item.minutes_ago !== undefined) return item.minutes_ago;
    const [hours, minutes] = item.at.split(':').map(Number);
    return (item.days_ago + 1) * 1440 - hours * 60 - minutes;
}
function checkWhen(item, what) {
    const soon = Number.isInteger(item.minutes_ago) && item.minutes_ago > 0 && item.minutes_ago <= 180 && item.days_ago === undefined;
    const before = Number.isInteger(item.days_ago) && item.days_ago >= 1 && item.days_ago <= DAYS_MOST && /^([01]\d|2[0-3]):[0-5]\d$/.test(item.at ?? '');
    check(soon || before, `${what}: needs minutes_ago (1 to 180) or days_ago (1 to ${DAYS_MOST}) with at`);
}

/** Every text of a body, with what is marked up taken off; and the names of pictures, films and stories in it. */
function bodyParts(body) {
    const texts = [];
    const found = { texts, pictures: [], films: [], refs: [], links: [] };
    const take = (text) => {
        for (const [, ref] of text.matchAll(/\{\{ref:([^}]*)\}\}/g)) found.refs.push(ref);
    };
    const runs = (list) => {
        texts.push((list ?? []).map((run) => run.s).join(''));
        for (const run of list ?? []) if (run.a) { take(run.a.href); found.links.push(run.a.href); }
    };
    if (typeof body === 'string') {
        take(body);
        for (const [, href] of body.matchAll(/\]\(([^)\s]+)/g)) found.links.push(href);
        texts.push(...body.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').split('\n').flatMap((line) => line.split('|')).map((line) =>
            line.replace(/^\s*(#+ |- |> |\d+\. )/, '').replace(/\*\*/g, '').trim()).filter((line) => !/^-*$/.test(line)));
        return found;
    }
    for (const block of body.b) {
        if (block.r) runs(block.r);
        if (block.cite) texts.push(block.cite);
        if (block.cap) runs(block.cap);
        if (block.alt) texts.push(block.alt);
        if (block.img) found.pictures.push(block.img);
        if (block.t === 'video') found.films.push(block.file);
        if (block.t === 'rel') block.ref.forEach(take);
        if (block.t === 'gallery') for (const item of block.items) { found.pictures.push(item.img); runs(item.cap); texts.push(item.alt); }
        if (block.t === 'ul' || block.t === 'ol') block.items.forEach(runs);
        if (block.t === 'table') block.rows.forEach((row) => row.forEach(runs));
    }
    return found;
}

const HALF_MARK = /[\p{Script=Han}][,.;:!?()%"'~<>]|[,;:!?(%"'~<>)][\p{Script=Han}]|[\p{Script=Han}]\.|\.[\p{Script=Han}]/u;
function checkTypography(text, what) {
    check(!HALF_MARK.test(text), `${what}: half-width mark beside a Han character: ${text.match(HALF_MARK)?.[0]}`);
    check(!/\p{Script=Han} +[\p{Script=Han}\w]|\w +\p{Script=Han}/u.test(text), `${what}: a space beside a Han character`);
    check(!/[，。；：、]{2}|「」/.test(text), `${what}: two marks together`);
    check((text.match(/「/g) ?? []).length === (text.match(/」/g) ?? []).length, `${what}: 「 and 」 do not pair`);
    check(!/\d+月\d+日|星期[一二三四五]|週[一二三四五日](?!晚)/.test(text), `${what}: names a date or a day of the week`);
    check(!/https?:|www\.|\.(com|net|org|tw)\b/.test(text), `${what}: an address of a real site`);
}

function checkStory(story, section) {
    const what = `${section}/${story.ref}`;
    check(/^[a-z0-9-]+$/.test(story.ref), `${what}: ref has other letters`);
    checkWhen(story, what);
    check(story.section === section, `${what}: section is ${story.section}`);
    for (const further of story.sections ?? []) check(sections.has(further) && further !== section, `${what}: further section ${further}`);
    check(within(width(story.title), TITLE_WIDTH), `${what}: title is ${width(story.title)} units wide`);
    check(story.title.includes('　'), `${what}: title has no clause break`);
    check(!/ /.test(story.title) && !/。$/.test(story.title), `${what}: title has a half-width space or a full stop`);
    check(within(width(story.short_title), SHORT_WIDTH) && story.short_title !== story.title, `${what}: short title is ${width(story.short_title)} units wide`);
    check(within(width(story.lead), LEAD_WIDTH), `${what}: lead is ${width(story.lead)} units wide`);
    check(['快訊', '獨家', '影音', undefined].includes(story.kicker?.text ?? story.kicker), `${what}: kicker`);
    check(Number.isInteger(story.views) && story.views > 0, `${what}: views`);
    check(story.report_type?.length > 0, `${what}: report type`);
    check(story.bylines.length > 0, `${what}: nobody wrote it`);
    for (const byline of story.bylines) check(people.get(byline.person)?.name === byline.name, `${what}: byline ${byline.person} ${byline.name}`);
    check(within(story.keywords.length, KEYWORDS), `${what}: ${story.keywords.length} keywords`);
    check(new Set(story.keywords).size === story.keywords.length, `${what}: a keyword twice`);
    for (const name of story.keywords) check(keywords.has(name), `${what}: keyword ${name} is not in paper.json`);
    if (story.hero) {
        check(pictures.has(story.hero.picture), `${what}: picture ${story.hero.picture} is not drawn`);
        check(story.hero.credit?.startsWith('海風日報'), `${what}: credit of its picture`);
        check(story.hero.alt?.length > 8 && story.hero.caption?.length > 8, `${what}: caption or alt of its picture`);
        check(!story.hero.alt.endsWith('。') && story.hero.caption.endsWith('。'), `${what}: a caption is a sentence, an alt is not`);
        for (const text of [story.hero.caption, story.hero.alt]) checkTypography(text, what);
    }
    const body = bodyParts(story.body);
    const letters = body.texts.join('').length;
    check(within(letters, BODY_LETTERS), `${what}: body has ${letters} characters`);
    for (const picture of body.pictures) check(pictures.has(picture), `${what}: picture ${picture} is not drawn`);
    for (const film of body.films) check(videos.some((v) => `${v.ref}.webm` === film), `${what}: there is no film ${film}`);
    for (const link of body.links) check(link.startsWith('{{ref:'), `${what}: leads to ${link}`);
    check((story.related_refs ?? []).length <= RELATED_MOST, `${what}: too many related stories`);
    for (const ref of [...body.refs, ...(story.related_refs ?? [])]) {
        check(byRef.has(ref) && ref !== story.ref, `${what}: there is no story ${ref}`);
        if (byRef.has(ref)) check(age(byRef.get(ref)) > age(story), `${what}: ${ref} is not older`);
    }
    for (const text of [story.title, story.short_title, story.lead, ...body.texts]) checkTypography(text, what);
}

// --- the scenes
check(pictures.size === scenes.length, 'two scenes have the same name');
for (const scene of scenes) {
    check(['3:2', '16:9'].includes(scene[1]), `scene ${scene[0]}: ${scene[1]}`);
    const svg = drawing(...scene);
    check(!/NaN|undefined|Infinity/.test(svg), `scene ${scene[0]}: draws with what is no number`);
    check(!/<text|<image|href/.test(svg) && svg === drawing(...scene), `scene ${scene[0]}: has lettering, or is another picture each time`);
}

// --- the paper
check(paper.sections.length === SECTION_LEAST, `${paper.sections.length} sections`);
for (const keyword of paper.keywords) check(['person', 'place', 'organisation', 'event', 'thing'].includes(keyword.type), `keyword ${keyword.name}: type ${keyword.type}`);
check(new Set(paper.keywords.flatMap((k) => [k.name, ...k.aliases])).size === paper.keywords.flatMap((k) => [k.name, ...k.aliases]).length, 'a keyword or alias twice');
for (const { name } of paper.keywords) check(stories.some((s) => s.keywords.includes(name)) || videos.some((v) => v.keywords.includes(name)), `keyword ${name}: no story has it`);
for (const { slug } of paper.people) check(stories.some((s) => s.bylines.some((b) => b.person === slug)), `${slug} wrote nothing`);

// --- stories
check(stories.length >= STORIES_LEAST, `${stories.length} stories, ${STORIES_LEAST} are needed`);
check(files.length === sections.size && files.every((f) => sections.has(f.replace('.json', ''))), 'stories/ has other files than one for each section');
for (const [name, of] of [['ref', (s) => s.ref], ['title', (s) => s.title], ['short title', (s) => s.short_title]])
    check(new Set(stories.map(of)).size === stories.length, `the same ${name} twice: ${stories.map(of).filter((v, i, all) => all.indexOf(v) !== i)}`);
check(new Set(stories.map(age)).size === stories.length, 'two stories of the same minute');
check(stories.filter((s) => s.minutes_ago).length >= MINUTES_AGO_LEAST, 'too few stories are minutes old');
for (const [section, list] of Object.entries(storiesOf)) {
    check(list.length >= SECTION_LEAST, `${section} has ${list.length} stories`);
    check(list.every((s, i) => i === 0 || age(list[i - 1]) < age(s)), `${section}: not newest first`);
    list.forEach((story) => checkStory(story, section));
}

// --- films, flash items, topics, pages, corrections, fronts
check(new Set(videos.map((v) => v.ref)).size === videos.length && videos.length >= 8, 'videos: too few, or a ref twice');
for (const video of videos) {
    const what = `videos.json/${video.ref}`;
    checkWhen(video, what);
    check(pictures.has(video.picture), `${what}: picture ${video.picture} is not drawn`);
    check(within(video.seconds, [6, 10]), `${what}: ${video.seconds} seconds`);
    check(sections.has(video.section), `${what}: section ${video.section}`);
    for (const name of video.keywords) check(keywords.has(name), `${what}: keyword ${name}`);
    check(within(width(video.title), [10, 30]), `${what}: title is ${width(video.title)} units wide`);
    for (const text of [video.title, video.description]) checkTypography(text, what);
}
const flash = read('flash.json');
check(flash.length >= 8, `${flash.length} flash items`);
for (const item of flash) {
    checkWhen(item, `flash.json/${item.text}`);
    check(width(item.text) <= 40, `flash.json/${item.text}: ${width(item.text)} units wide`);
    check(Number.isInteger(item.hours) && within(item.hours, [1, 168]), `flash.json/${item.text}: hours`);
    if (item.ref) check(byRef.has(item.ref), `flash.json: there is no story ${item.ref}`);
    checkTypography(item.text, 'flash.json');
}
const topics = read('topics.json');
check(topics.length >= 4, `${topics.length} topics`);
for (const topic of topics) {
    check(within(topic.refs.length, [5, 10]) && new Set(topic.refs).size === topic.refs.length, `topics.json/${topic.slug}: ${topic.refs.length} stories`);
    check(pictures.has(topic.picture), `topics.json/${topic.slug}: picture ${topic.picture}`);
    for (const ref of topic.refs) check(byRef.has(ref), `topics.json/${topic.slug}: there is no story ${ref}`);
    for (const text of [topic.title, topic.description]) checkTypography(text, `topics.json/${topic.slug}`);
}
const pages = read('pages.json');
check(pages.length >= 6, `${pages.length} pages`);
for (const page of pages) {
    check(/^[a-z-]+$/.test(page.slug) && page.title.length > 0 && page.body.length > 200, `pages.json/${page.slug}`);
    for (const text of bodyParts(page.body).texts) checkTypography(text, `pages.json/${page.slug}`);
    for (const link of bodyParts(page.body).links) check(/^(\/[a-z/-]*|mailto:[a-z]+@haifeng\.example)$/.test(link), `pages.json/${page.slug}: leads to ${link}`);
}
const corrections = read('corrections.json');
check(within(corrections.length, [4, 6]), `${corrections.length} corrections`);
for (const { ref, kind, note, hours_after: hours, ...changed } of corrections) {
    const story = byRef.get(ref);
    check(story !== undefined, `corrections.json: there is no story ${ref}`);
    check(['correction', 'clarification', 'update'].includes(kind), `corrections.json/${ref}: kind ${kind}`);
    check(hours > 0 && story && hours * 60 < age(story) - (story.minutes_ago ? 0 : 1440), `corrections.json/${ref}: corrected before it was written, or later than today`);
    for (const [member, value] of Object.entries(changed)) check(story && story[member] !== undefined && JSON.stringify(story[member]) !== JSON.stringify(value), `corrections.json/${ref}: ${member} does not change`);
    checkTypography(note, `corrections.json/${ref}`);
}
const front = read('front.json');
const SLOTS = { lead: 1, secondary: 4, recommended: 6 };
for (const [name, zones] of Object.entries(front)) {
    check(name === 'home' || sections.has(name), `front.json: ${name} is no section`);
    const placed = Object.values(zones).flat();
    check(new Set(placed).size === placed.length, `front.json/${name}: a story twice`);
    for (const [zone, refs] of Object.entries(zones)) check(SLOTS[zone] && refs.length <= SLOTS[zone], `front.json/${name}: ${zone} has ${refs.length}`);
    for (const ref of placed) check(byRef.has(ref) && (name === 'home' || byRef.get(ref).section === name || byRef.get(ref).sections?.includes(name)), `front.json/${name}: ${ref}`);
}
const used = new Set([...stories.map((s) => s.hero?.picture), ...stories.flatMap((s) => bodyParts(s.body).pictures), ...videos.map((v) => v.picture), ...topics.map((t) => t.picture)]);
for (const picture of pictures) check(used.has(picture), `picture ${picture} is shown nowhere`);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
