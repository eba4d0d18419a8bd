/* play.mjs - grounds, courts and lanes, and those who run on them. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/** A tower of lamps with its light. */
function lamps(c, x, y, h, s = 1) {
    c.line([[x, y], [x, y - h]], C.slate, 12 * s);
    c.rect(x - 70 * s, y - h - 74 * s, 140 * s, 80 * s, C.ink, { rx: 5 });
    for (const i of range(5)) for (const j of range(3)) c.circle(x - 54 * s + i * 27 * s, y - h - 60 * s + j * 25 * s, 9 * s, C.cream);
    c.glow(x, y - h - 34 * s, 330 * s, C.cream, 0.85);
}

function stadium(c, t) {
    c.sky([C.night, C.navy, C.deep], 520).stars(90, 300);
    c.skyline(430, 40, 150, mix(C.navy, C.deep, 0.5), { lit: 0.35 });
    for (const [x, y, h] of [[170, 440, 240], [560, 420, 220], [1040, 420, 220], [1430, 440, 240]]) lamps(c, x, y, h);
    c.path('M-20 520Q800 330 1620 520V640H-20Z', darker(C.slate, 0.35));
    for (const row of range(7)) for (const i of range(120)) {
        const x = i * 13.5 + (row % 2) * 6;
        const y = 512 - 90 * (1 - ((x - 800) / 820) ** 2) + row * 17;
        const cheer = c.random.next();
        c.circle(x + c.random.between(-3, 3), y + 6 * Math.sin((t * 3 + cheer) * 6.28) * (t > 0 ? 1 : 0), 5.4, c.random.pick([C.coral, C.amber, C.cream, C.teal, C.teal, C.blush, C.sea]));
    }
    c.path('M-20 590Q800 440 1620 590V640H-20Z', C.teal).path('M-20 600Q800 452 1620 600', 'none', { stroke: C.amber, 'stroke-width': 8 });
    c.rect(640, 352, 320, 120, C.ink, { rx: 6 });
    for (const r of range(2)) for (const k of range(10)) c.rect(664 + k * 28, 374 + r * 46, 18, 30, k === 9 ? C.coral : C.amber, { opacity: 0.85 });
    c.path('M-20 612Q800 462 1620 612V1067H-20Z', C.moss);
    for (const i of range(9)) c.poly([[740 + (i - 4) * 60, 500], [770 + (i - 4) * 60, 500], [770 + (i - 4) * 420 + 180, 1067], [600 + (i - 4) * 420, 1067]], C.leaf, { opacity: 0.28 });
    c.poly([[800, 990], [1240, 700], [800, 560], [360, 700]], C.clay).poly([[800, 900], [1100, 704], [800, 606], [500, 704]], C.leaf);
    c.oval(800, 740, 72, 22, C.clay).oval(800, 950, 150, 50, C.clay);
    c.line([[800, 960], [0, 440 + 130]], C.white, 5, { opacity: 0.85 }).line([[800, 960], [1600, 570]], C.white, 5, { opacity: 0.85 });
    for (const [x, y] of [[1160, 710], [800, 590], [440, 710]]) c.poly([[x - 14, y], [x, y - 8], [x + 14, y], [x, y + 8]], C.white);
    c.poly([[786, 956], [814, 956], [814, 964], [800, 972], [786, 964]], C.white);
    const players = [[800, 744, 86, C.cream], [1080, 690, 62, C.cream], [930, 612, 54, C.cream], [640, 624, 54, C.cream], [500, 690, 62, C.cream], [800, 540, 40, C.cream], [340, 590, 44, C.cream], [1270, 590, 44, C.cream]];
    for (const [x, y, h, top] of players) c.person(x, y, h, { top, legs: C.cream, hair: C.teal, arms: 'hip' });
    c.person(840, 974, 112, { top: C.coral, legs: C.silver, hair: C.brick, back: true, arms: 'front' }).line([[850, 905], [884, 828]], C.straw, 9);
    c.path('M764 1004q0 -50 30 -54t38 54Z', C.teal).circle(796, 944, 16, C.deep).person(720, 1012, 110, { top: C.ink, legs: C.slate, back: true });
    for (const [x, y, r, a] of [[300, 150, 90, 0], [1270, 120, 110, 2], [870, 210, 70, 4]]) for (const i of range(18)) {
        const angle = (i / 18) * 6.28 + a;
        const reach = r * (0.45 + 0.55 * ((i * 0.37 + t) % 1));
        c.line([[x + reach * 0.5 * Math.cos(angle), y + reach * 0.5 * Math.sin(angle)], [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]], [C.amber, C.coral, C.gold][i % 3], 4, { opacity: 0.85 });
    }
    c.crowd(1010, 44, [C.teal, C.deep, C.coral, C.amber, C.plum, C.teal], { step: 1.35, jitter: 0.3 });
    for (const x of [90, 330, 520, 1090, 1280, 1520]) c.line([[x, 1040], [x + 14, 930 + 10 * Math.sin(t * 12 + x)]], C.skin, 17).poly([[x + 6, 940], [x + 96, 916], [x + 92, 972], [x + 10, 984]], x % 4 ? C.teal : C.amber);
    c.vignette(0.3);
}

export const scenes = [['stadium-night', '3:2', stadium]];
