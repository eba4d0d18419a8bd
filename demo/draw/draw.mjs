/* draw.mjs OUT - draws every scene to OUT/NAME.svg and the frames of every film to OUT/film/REF-NNN.svg.
 *
 * Prints one line per drawing, "name width height", and "film ref frames milliseconds" per film. */
import { mkdirSync, readFileSync, writeFileSync, readdirSync } from 'node:fs';
import { Canvas, range } from './ink.mjs';

const SIZES = { '3:2': [1600, 1067], '16:9': [1600, 900], '1:1': [1600, 1600] };
const FRAME_MILLISECONDS = 160;
const here = new URL('.', import.meta.url);
const out = process.argv[1]?.endsWith('/draw.mjs') ? process.argv[2] : undefined;

export async function allScenes() {
    const list = [];
    for (const file of readdirSync(here).sort()) {
        if (!file.endsWith('.mjs') || ['draw.mjs', 'ink.mjs', 'webm.mjs', 'manifest.mjs'].includes(file)) continue;
        list.push(...(await import(new URL(file, here))).scenes);
    }
    return list;
}

export function drawing(name, ratio, draw, t = 0) {
    const canvas = new Canvas(name, ...SIZES[ratio]);
    draw(canvas, t);
    return canvas.toString();
}

if (out) {
    mkdirSync(`${out}/film`, { recursive: true });
    const scenes = await allScenes();
    for (const [name, ratio, draw] of scenes) {
        writeFileSync(`${out}/${name}.svg`, drawing(name, ratio, draw));
        console.log(name, ...SIZES[ratio]);
    }
    for (const film of JSON.parse(readFileSync(new URL('../content/videos.json', here)))) {
        const [name, ratio, draw] = scenes.find(([other]) => other === film.picture);
        const frames = Math.round((film.seconds * 1000) / FRAME_MILLISECONDS);
        for (const i of range(frames))
            writeFileSync(`${out}/film/${film.ref}-${String(i).padStart(3, '0')}.svg`, drawing(name, ratio, draw, i / frames));
        console.log('film', film.ref, frames, FRAME_MILLISECONDS);
    }
}
