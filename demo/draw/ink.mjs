/* ink.mjs - the drawing desk: a canvas that turns flat shapes, layers and light into one SVG.
 *
 * A scene is a function of a canvas and of a moment between 0 and 1 (0 for a still picture; a film
 * is the same scene at many moments). Everything random comes from the canvas's own numbered
 * dice, so a scene is the same picture on every machine. There is no lettering: fonts differ. */

export const C = {
    night: '#101a2b', ink: '#16202c', navy: '#1d3048', deep: '#24405c', sea: '#2f6480', teal: '#3f8c8c',
    foam: '#cfe3df', mist: '#dfe6e3', paper: '#f5eee1', cream: '#fbf6ea', sand: '#e3c9a0', straw: '#d8b878',
    ochre: '#cf9144', amber: '#f2b84b', gold: '#ffd98a', coral: '#e0684b', brick: '#b5432f', wine: '#6d2a35',
    moss: '#5a7a4a', pine: '#2b4a40', leaf: '#8aa860', sky: '#a9cbd3', dusk: '#7a6a8c', plum: '#473a58',
    rose: '#e9a18c', blush: '#f3c9b4', slate: '#4d5b68', steel: '#8a98a3', silver: '#c4ccd0', white: '#ffffff',
    skin: '#d9a27c', tan: '#b97f58', hair: '#22262d', wood: '#8a5a3b', walnut: '#573626', clay: '#a5684a',
};

const channel = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);

/** The colour a share t of the way from a to b: distance, shade and light are all made by this. */
export function mix(a, b, t) {
    const part = (i) => Math.round(channel(a, i) + (channel(b, i) - channel(a, i)) * t);
    return '#' + [0, 1, 2].map((i) => part(i).toString(16).padStart(2, '0')).join('');
}
export const darker = (colour, t = 0.2) => mix(colour, C.night, t);
export const lighter = (colour, t = 0.2) => mix(colour, C.white, t);
export const range = (n) => Array.from({ length: n }, (_, i) => i);

const round = (v) => (typeof v === 'number' ? Math.round(v * 10) / 10 : v);
const attributes = (list) =>
    Object.entries(list).filter(([, v]) => v !== undefined).map(([k, v]) => ` ${k}="${round(v)}"`).join('');
/** The attributes of one shape. The opacity of an element costs the renderer a surface as large as the picture, that of
 * its fill and stroke costs nothing. */
const shape = ({ opacity, ...list }) => attributes({ ...list, 'fill-opacity': opacity, 'stroke-opacity': list.stroke && opacity });

/** Dice that start from a name: the same throws for the same name, always. */
export function dice(name) {
    let state = 2166136261;
    for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
    const next = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    return { next, between: (a, b) => a + (b - a) * next(), pick: (list) => list[Math.floor(next() * list.length)] };
}

/** A smooth line through points, as path text (Catmull-Rom). */
export function curve(points, closed = false) {
    const at = (i) => points[Math.max(0, Math.min(points.length - 1, i))];
    let d = `M${round(points[0][0])} ${round(points[0][1])}`;
    for (let i = 0; i < points.length - 1; i++) {
        const [p, a, b, n] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        const c1 = [a[0] + (b[0] - p[0]) / 6, a[1] + (b[1] - p[1]) / 6];
        const c2 = [b[0] - (n[0] - a[0]) / 6, b[1] - (n[1] - a[1]) / 6];
        d += `C${[...c1, ...c2, ...b].map(round).join(' ')}`;
    }
    return closed ? d + 'Z' : d;
}

export class Canvas {
    constructor(name, width, height) {
        this.w = width;
        this.h = height;
        this.defs = [];
        this.parts = [];
        this.random = dice(name);
    }
    add(text) { this.parts.push(text); return this; }
    fill(colour) { return typeof colour === 'string' ? colour : this.gradient(...colour); }

    // --- plain shapes: colour is a string, or [colours, angle] for a gradient over the shape
    rect(x, y, w, h, colour, more = {}) {
        return this.add(`<rect${shape({ x, y, width: Math.max(0, w), height: Math.max(0, h), fill: this.fill(colour), ...more })}/>`);
    }
    circle(x, y, r, colour, more = {}) {
        return this.add(`<circle${shape({ cx: x, cy: y, r, fill: this.fill(colour), ...more })}/>`);
    }
    oval(x, y, rx, ry, colour, more = {}) {
        return this.add(`<ellipse${shape({ cx: x, cy: y, rx, ry, fill: this.fill(colour), ...more })}/>`);
    }
    path(d, colour, more = {}) { return this.add(`<path${shape({ d, fill: this.fill(colour), ...more })}/>`); }
    poly(points, colour, more = {}) {
        return this.add(`<polygon${shape({ points: points.flat().map(round).join(' '), fill: this.fill(colour), ...more })}/>`);
    }
    line(points, colour, width, more = {}) {
        return this.add(`<polyline${shape({ points: points.flat().map(round).join(' '), fill: 'none', stroke: colour,
            'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more })}/>`);
    }
    stroke(d, colour, width, more = {}) {
        return this.path(d, 'none', { stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round', ...more });
    }
    /** What draw() adds stands in one group. */
    group(more, draw) {
        this.add(`<g${attributes(more)}>`);
        draw();
        return this.add('</g>');
    }
    at(x, y, draw, scale = 1, turn = 0) {
        return this.group({ transform: `translate(${round(x)} ${round(y)}) scale(${scale}) rotate(${round(turn)})` }, draw);
    }
    /** What draw() adds is seen only inside the shape given as path text. */
    clip(d, draw) {
        const id = `c${this.defs.length}`;
        this.defs.push(`<clipPath id="${id}"><path d="${d}"/></clipPath>`);
        return this.group({ 'clip-path': `url(#${id})` }, draw);
    }

    // --- colour that changes over a shape; a stop is '#rrggbb' or ['#rrggbb', opacity]
    stops(colours) {
        return colours.map((stop, i) => {
            const [colour, opacity] = Array.isArray(stop) ? stop : [stop, 1];
            return `<stop offset="${round((100 * i) / (colours.length - 1))}%" stop-color="${colour}"${opacity < 1 ? ` stop-opacity="${opacity}"` : ''}/>`;
        }).join('');
    }
    gradient(colours, angle = 90) {
        const id = `g${this.defs.length}`;
        const [dx, dy] = [Math.cos((angle * Math.PI) / 180) / 2, Math.sin((angle * Math.PI) / 180) / 2];
        const ends = { x1: 0.5 - dx, y1: 0.5 - dy, x2: 0.5 + dx, y2: 0.5 + dy };
        const text = Object.entries(ends).map(([k, v]) => ` ${k}="${v.toFixed(3)}"`).join('');
        this.defs.push(`<linearGradient id="${id}"${text}>${this.stops(colours)}</linearGradient>`);
        return `url(#${id})`;
    }
    glow(x, y, r, colour, opacity = 0.5) {
        const id = `g${this.defs.length}`;
        this.defs.push(`<radialGradient id="${id}">${this.stops([[colour, opacity], [colour, opacity * 0.35], [colour, 0]])}</radialGradient>`);
        return this.circle(x, y, r, `url(#${id})`);
    }

    // --- weather and ground
    sky(colours, until = this.h) { return this.rect(0, 0, this.w, until, [colours]); }
    haze(y, height, colour, opacity = 0.6) {
        return this.rect(0, y, this.w, height, [[[colour, 0], [colour, opacity], [colour, 0]]]);
    }
    stars(count, until, colour = C.cream) {
        for (let i = 0; i < count; i++)
            this.circle(this.random.next() * this.w, this.random.next() * until, this.random.between(0.8, 2.6), colour,
                { opacity: this.random.between(0.25, 0.95).toFixed(2) });
        return this;
    }
    /** A bank of cloud: long rounded bars, the widest below, its left end at x and its foot at y. */
    cloud(x, y, width, colour, opacity = 0.8) {
        const bar = width * 0.05;
        const pill = (left, top, w, h) => `M${round(left + h / 2)} ${round(top)}h${round(w - h)}a${round(h / 2)} ${round(h / 2)} 0 0 1 0 ${round(h)}h${round(h - w)}a${round(h / 2)} ${round(h / 2)} 0 0 1 0 ${round(-h)}Z`;
        let d = '';
        for (const [row, share] of [0.92, 0.7, 0.5, 0.26].entries()) {
            const w = width * share * this.random.between(0.9, 1.08);
            d += pill(x + (width - w) * this.random.between(0.25, 0.75), y - bar * (1 + row * 0.92), w, bar);
        }
        d += pill(x + width * this.random.between(0.45, 0.7), y + bar * 0.2, width * 0.5, bar * 0.55);
        return this.path(d, colour, { opacity });
    }
    rain(count, colour, opacity, slant = -0.25, t = 0) {
        for (let i = 0; i < count; i++) {
            const [x, start, length] = [this.random.next() * this.w * 1.3, this.random.next(), this.random.between(24, 70)];
            const y = ((start + t * 3) % 1) * (this.h + 160) - 120;
            this.line([[x + slant * y, y], [x + slant * (y + length), y + length]], colour, this.random.between(1.2, 2.6),
                { opacity: (opacity * this.random.between(0.4, 1)).toFixed(2) });
        }
        return this;
    }
    /** Points of a skyline of hills; roughness is the share that each finer octave keeps. */
    ridge(y, height, waves = 3, roughness = 0.5, steps = 64) {
        const phases = range(6).map(() => this.random.next() * 7);
        return range(steps + 1).map((i) => {
            let [sum, size, total] = [0, 1, 0];
            for (let octave = 0; octave < 6; octave++, size *= roughness) {
                sum += size * Math.sin((i / steps) * waves * 2 ** octave * 2.2 + phases[octave]);
                total += size;
            }
            return [(i / steps) * this.w, y - height * (0.5 + (0.5 * sum) / total)];
        });
    }
    hills(y, height, colour, waves, roughness, steps) {
        const top = this.ridge(y, height, waves, roughness, steps);
        this.path(`${curve(top)}L${this.w} ${this.h}L0 ${this.h}Z`, colour);
        return top;
    }
    /** Sharp mountains with one lit side; peaks are [x, y], their feet at base. */
    peaks(list, base, dark, light) {
        for (const [x, y, spread = 1] of list) {
            const [left, right, h] = [x - (base - y) * 1.15 * spread, x + (base - y) * 1.05 * spread, base - y];
            this.poly([[left, base], [x, y], [right, base]], dark);
            this.poly([[x, y], [x + h * 0.1, y + h * 0.3], [x - h * 0.03, y + h * 0.48], [x + h * 0.16, y + h * 0.72],
                [x + h * 0.05, base], [left, base]], light);
        }
        return this;
    }
    /** Water from y down to the bottom, with short strokes of light that widen towards the viewer. */
    water(y, colours, glint, count = 60, t = 0, until = this.h) {
        this.rect(0, y, this.w, until - y, [colours]);
        for (let i = 0; i < count; i++) {
            const depth = this.random.next() ** 1.7;
            const drift = Math.sin((t + this.random.next()) * 2 * Math.PI) * 18 * (0.3 + depth);
            const length = this.random.between(20, 90) * (0.25 + depth * 1.5);
            const [x, at] = [this.random.next() * this.w + drift, y + 6 + depth * (until - y - 10)];
            this.line([[x, at], [x + length, at]], glint, 1.5 + depth * 4, { opacity: this.random.between(0.12, 0.5).toFixed(2) });
        }
        return this;
    }
    /** The path of light under a sun, moon or lamp at x, on water from y to until. */
    shine(x, y, until, width, colour, count = 26, t = 0) {
        for (let i = 0; i < count; i++) {
            const depth = i / count;
            const half = width * (0.25 + depth) * this.random.between(0.35, 1) * (1 + 0.2 * Math.sin((t + i / 7) * 2 * Math.PI));
            const at = y + depth * (until - y);
            this.line([[x - half, at], [x + half, at]], colour, 2 + depth * 5, { opacity: (0.75 - depth * 0.55).toFixed(2) });
        }
        return this;
    }

    // --- what people build
    /** A row of blocks standing on y; lit is the share of windows with light. */
    skyline(y, low, high, colour, { lit = 0.3, window = C.gold, from = 0, to = this.w, wide = [50, 130] } = {}) {
        for (let x = from; x < to;) {
            const [w, h] = [this.random.between(...wide), this.random.between(low, high)];
            const shade = mix(colour, C.night, this.random.between(0, 0.14));
            this.rect(x, y - h, w + 1, h, shade);
            if (this.random.next() < 0.3) this.rect(x + w * 0.3, y - h - 14, w * 0.3, 15, shade);
            if (lit > 0) this.windows(x + 9, y - h + 14, w - 18, h - 22, window, lit);
            x += w + (this.random.next() < 0.25 ? this.random.between(4, 22) : 0);
        }
        return this;
    }
    windows(x, y, w, h, colour, lit, size = 9, gap = 11) {
        for (let i = x; i + size <= x + w; i += size + gap)
            for (let j = y; j + size * 1.2 <= y + h; j += size * 1.2 + gap)
                if (this.random.next() < lit)
                    this.rect(i, j, size, size * 1.2, colour, { opacity: this.random.between(0.45, 1).toFixed(2) });
        return this;
    }
    /** A roof of the old kind: a swallow-tail ridge w wide whose middle is at x, y. */
    eaves(x, y, w, h, tile, edge) {
        const [l, r] = [x - w / 2, x + w / 2];
        this.path(`M${l - w * 0.06} ${y + h * 0.6}C${l + w * 0.12} ${y + h * 0.66} ${l + w * 0.16} ${y + h * 0.2} ${l + w * 0.2} ${y}` +
            `L${r - w * 0.2} ${y}C${r - w * 0.16} ${y + h * 0.2} ${r - w * 0.12} ${y + h * 0.66} ${r + w * 0.06} ${y + h * 0.6}` +
            `L${r - w * 0.01} ${y + h}L${l + w * 0.01} ${y + h}Z`, tile);
        for (let i = 1; i < 22; i++) {
            const s = i / 22;
            this.line([[l + w * (0.2 + 0.6 * s), y + 4], [l + w * s, y + h - 3]], darker(tile, 0.25), Math.max(1.5, w / 260));
        }
        this.stroke(`M${l - w * 0.06} ${y + h * 0.6}L${l + w * 0.01} ${y + h}L${r - w * 0.01} ${y + h}L${r + w * 0.06} ${y + h * 0.6}`, edge, w / 90, { 'stroke-linejoin': 'round' });
        return this.stroke(`M${l + w * 0.06} ${y - h * 0.42}C${l + w * 0.2} ${y + h * 0.06} ${x - w * 0.12} ${y - h * 0.02} ${x} ${y - h * 0.02}` +
            `C${x + w * 0.12} ${y - h * 0.02} ${r - w * 0.2} ${y + h * 0.06} ${r - w * 0.06} ${y - h * 0.42}`, edge, w / 45);
    }

    // --- people
    /** Somebody standing: feet at x, y; h tall. */
    person(x, y, h, { top = C.deep, legs = C.ink, skin = C.skin, hair = C.hair, arms = 'down', long = false, back = false } = {}) {
        const u = h / 8;
        this.rect(x - u * 0.72, y - u * 3.9, u * 0.66, u * 3.9, legs, { rx: u * 0.2 });
        this.rect(x + u * 0.06, y - u * 3.9, u * 0.66, u * 3.9, legs, { rx: u * 0.2 });
        const reach = { down: [[-1.25, -4.0], [1.25, -4.0]], up: [[-1.5, -8.2], [1.5, -8.2]], one: [[-1.25, -4.0], [1.7, -8.0]],
            front: [[-0.3, -4.9], [0.4, -5.0]], hip: [[-1.7, -4.9], [1.2, -4.0]] }[arms];
        const limbs = () => reach.forEach(([ax, ay], i) => {
            const side = i ? 1 : -1;
            const elbow = [x + side * u * 1.35, y + u * (ay < -7 ? -6.9 : -5.1)];
            this.line([[x + side * u * 0.85, y - u * 6.2], elbow, [x + ax * u, y + ay * u]], darker(top, 0.14), u * 0.5);
            this.circle(x + ax * u, y + ay * u, u * 0.27, skin);
        });
        if (arms !== 'front') limbs();
        this.path(`M${x - u * 1.1} ${y - u * 6.2}q0 ${-u * 0.5} ${u * 0.6} ${-u * 0.55}h${u}q${u * 0.6} 0 ${u * 0.6} ${u * 0.55}` +
            `l${-u * 0.25} ${u * 2.7}h${-u * 1.7}Z`, top);
        if (arms === 'front') limbs();
        this.rect(x - u * 0.22, y - u * 7.1, u * 0.44, u * 0.6, darker(skin, 0.12));
        if (long) this.rect(x - u * 0.62, y - u * 7.7, u * 1.24, u * 1.5, hair, { rx: u * 0.4 });
        this.circle(x, y - u * 7.45, u * 0.55, back ? hair : skin);
        return this.path(`M${x - u * 0.58} ${y - u * 7.4}a${u * 0.58} ${u * 0.6} 0 0 1 ${u * 1.16} 0q${-u * 0.5} ${-u * 0.34} ${-u * 1.16} 0Z`, hair);
    }
    /** Heads and shoulders along a line: a crowd seen from behind. */
    crowd(y, size, colours, { step = 0.9, jitter = 0.25, from = -size, to = this.w + size, heads = C.hair } = {}) {
        for (let x = from; x < to; x += size * step * this.random.between(0.75, 1.25)) {
            const top = y + size * this.random.between(-jitter, jitter);
            const colour = this.random.pick(colours);
            this.path(`M${round(x - size * 0.62)} ${round(top + size * 3)}V${round(top + size * 0.95)}q0 ${round(-size * 0.42)} ${round(size * 0.62)} ${round(-size * 0.42)}` +
                `t${round(size * 0.62)} ${round(size * 0.42)}V${round(top + size * 3)}Z`, colour);
            this.circle(x, top, size * 0.36, typeof heads === 'string' ? heads : this.random.pick(heads));
        }
        return this;
    }
    /** A thick bent line: arms and legs of people who move. */
    limb(points, colour, width) { return this.line(points, colour, width); }

    // --- things that stand about
    tree(x, y, h, leaf, trunk = C.walnut) {
        this.line([[x, y], [x, y - h * 0.5]], trunk, h * 0.06);
        for (const [dx, dy, r] of [[-0.2, -0.5, 0.22], [0.2, -0.52, 0.23], [0, -0.72, 0.27]])
            this.circle(x + dx * h, y + dy * h, r * h, dx > 0 ? lighter(leaf, 0.08) : leaf);
        return this;
    }
    conifer(x, y, h, colour) {
        for (let i = 0; i < 4; i++) {
            const [top, wide] = [y - h + i * h * 0.2, h * (0.11 + i * 0.055)];
            this.poly([[x, top], [x + wide, top + h * 0.34], [x - wide, top + h * 0.34]], darker(colour, i * 0.05));
        }
        return this.rect(x - h * 0.02, y - h * 0.08, h * 0.04, h * 0.08, C.walnut);
    }
    lantern(x, y, r, colour = C.coral) {
        this.glow(x, y, r * 3.2, colour, 0.45);
        this.oval(x, y, r, r * 0.86, colour);
        for (const k of [0.35, 0.72]) this.oval(x, y, r * k, r * 0.86, 'none', { stroke: darker(colour, 0.22), 'stroke-width': r / 14 });
        this.oval(x - r * 0.3, y - r * 0.2, r * 0.28, r * 0.36, C.gold, { opacity: 0.5 });
        this.rect(x - r * 0.3, y - r * 1.0, r * 0.6, r * 0.2, C.walnut);
        this.rect(x - r * 0.3, y + r * 0.8, r * 0.6, r * 0.2, C.walnut);
        return this.line([[x, y + r], [x, y + r * 1.5]], C.amber, r * 0.14);
    }
    books(x, y, width, height, colours) {
        for (let at = x; at < x + width - 8;) {
            const [w, h] = [Math.min(this.random.between(12, 34), x + width - at), height * this.random.between(0.72, 0.98)];
            const colour = this.random.pick(colours);
            this.rect(at, y - h, w - 2, h, colour);
            if (w > 18) this.rect(at + 3, y - h * 0.82, w - 8, h * 0.1, lighter(colour, 0.45), { opacity: 0.8 });
            at += w;
        }
        return this;
    }
    /** Darkens the edges a little, as a lens does. */
    vignette(opacity = 0.28) {
        const id = `g${this.defs.length}`;
        this.defs.push(`<radialGradient id="${id}" cx="50%" cy="48%" r="75%"><stop offset="55%" stop-color="${C.night}" stop-opacity="0"/><stop offset="100%" stop-color="${C.night}" stop-opacity="${opacity}"/></radialGradient>`);
        return this.rect(0, 0, this.w, this.h, `url(#${id})`);
    }
    toString() {
        return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.w}" height="${this.h}" viewBox="0 0 ${this.w} ${this.h}">` +
            `<defs>${this.defs.join('')}</defs>${this.parts.join('')}</svg>\n`;
    }
}
