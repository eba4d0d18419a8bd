/* land.mjs - mountains, fields and what grows and steams in them. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

function mountain(c) {
    c.sky([C.deep, C.dusk, C.rose, C.gold], 720).glow(1100, 560, 520, C.gold, 0.9).circle(1100, 540, 56, C.cream);
    c.cloud(200, 210, 520, C.blush, 0.35);
    for (const [y, h, k, w] of [[640, 300, 0.75, 1.4], [720, 330, 0.55, 1.9], [800, 300, 0.36, 1.6]]) {
        c.hills(y, h, mix(C.navy, C.rose, k), w, 0.56, 120);
        c.haze(y - 60, 190, C.blush, 0.42);
    }
    for (const [x, y, w] of [[-60, 800, 620], [480, 830, 700], [1050, 796, 640]]) c.cloud(x, y, w, C.cream, 0.55);
    c.hills(960, 210, mix(C.navy, C.plum, 0.35), 1.1, 0.45, 90);
    c.hills(1050, 140, C.ink, 0.9, 0.5, 90);
    for (const i of range(26)) c.conifer(i < 15 ? c.random.between(0, 520) : c.random.between(1180, 1600), 1060, c.random.between(90, 210), mix(C.ink, C.pine, c.random.between(0, 0.4)));
    for (const [x, h, colour] of [[760, 118, C.coral], [820, 104, C.amber], [700, 110, C.teal]]) {
        c.person(x, 1010, h, { top: colour, legs: C.night, back: true });
        c.rect(x - h * 0.13, 1010 - h * 0.78, h * 0.26, h * 0.3, darker(colour, 0.45), { rx: 6 });
    }
}

function rice(c) {
    c.sky([C.sea, C.sky, C.paper], 560).cloud(100, 220, 560, C.white, 0.75).cloud(960, 160, 500, C.white, 0.65);
    c.hills(520, 260, mix(C.sea, C.mist, 0.45), 1.5, 0.5, 90);
    c.hills(560, 170, mix(C.pine, C.mist, 0.35), 2.1, 0.5, 90);
    c.haze(470, 150, C.mist, 0.7);
    const vanish = [820, 470];
    const rows = [[560, 620], [620, 720], [720, 860], [860, 1067]];
    for (const [i, [top, bottom]] of rows.entries()) for (const col of range(6)) {
        const edge = (k, y) => vanish[0] + (k * 560 - 1680) * ((y - vanish[1]) / 600) * 1.5;
        const pad = 5 + i * 4;
        const colour = mix(c.random.pick([C.leaf, C.straw, C.moss, '#a9b85f', C.amber]), C.mist, 0.24 - i * 0.08);
        c.poly([[edge(col, top) + pad, top + pad * 0.5], [edge(col + 1, top) - pad, top + pad * 0.5], [edge(col + 1, bottom) - pad, bottom - pad * 0.5], [edge(col, bottom) + pad, bottom - pad * 0.5]], colour);
        for (const k of range(7)) {
            const s = (k + 0.5) / 7;
            const [a, b] = [edge(col + s, top + 4), edge(col + s, bottom - 4)];
            c.line([[a, top + 5], [b, bottom - 6]], darker(colour, 0.13), 2 + i * 1.6, { opacity: 0.8 });
        }
    }
    c.rect(1180, 508, 130, 56, C.cream).poly([[1164, 510], [1245, 462], [1326, 510]], C.brick).rect(1230, 526, 30, 38, C.walnut).tree(1370, 566, 120, C.pine).tree(1120, 562, 90, C.moss);
    for (const [x, y, s] of [[420, 790, 1], [540, 700, 0.62], [1130, 800, 0.9]]) {
        c.path(`M${x - 26 * s} ${y}C${x - 20 * s} ${y - 44 * s} ${x + 22 * s} ${y - 44 * s} ${x + 34 * s} ${y - 10 * s}L${x + 4 * s} ${y + 8 * s}Z`, C.cream);
        c.stroke(`M${x - 20 * s} ${y - 20 * s}C${x - 60 * s} ${y - 40 * s} ${x - 20 * s} ${y - 70 * s} ${x - 50 * s} ${y - 88 * s}`, C.cream, 8 * s).line([[x - 52 * s, y - 88 * s], [x - 80 * s, y - 80 * s]], C.amber, 5 * s);
        c.line([[x + 2 * s, y], [x + 2 * s, y + 44 * s]], C.ink, 3.5 * s);
    }
    c.person(720, 1000, 190, { top: C.deep, legs: C.slate, arms: 'hip' }).path('M650 830L720 778L790 830Q720 846 650 830Z', C.straw);
}

function tea(c) {
    c.sky([C.teal, C.sky, C.cream], 520).glow(420, 320, 380, C.cream, 0.9);
    c.hills(500, 280, mix(C.teal, C.mist, 0.55), 1.3, 0.5, 90);
    c.hills(560, 200, mix(C.pine, C.mist, 0.4), 1.8, 0.5, 90);
    c.cloud(-40, 500, 680, C.white, 0.75).cloud(860, 470, 760, C.white, 0.7);
    for (const [i, y] of range(9).map((k) => [k, 560 + k * k * 6.4 + k * 14])) {
        const colour = mix(i % 2 ? C.moss : C.leaf, C.pine, 0.12 + 0.04 * i);
        const size = 24 + i * 11;
        const row = range(41).map((k) => [k * 41 - 20, y + 60 * Math.sin(k / 9 + i * 0.35) - (k % 2) * size * 0.22]);
        c.path(`${curve(row)}L1640 1067L-40 1067Z`, colour).stroke(curve(row.map(([x, v]) => [x, v + size * 0.3])), lighter(colour, 0.22), size * 0.16, { opacity: 0.6 });
        c.stroke(curve(row.map(([x, v]) => [x, v + size * 0.95])), darker(colour, 0.5), size * 0.22, { opacity: 0.55 });
    }
    for (const [x, y, h, colour] of [[380, 770, 150, C.coral], [560, 800, 165, C.cream], [1130, 690, 110, C.amber], [980, 860, 190, C.teal]]) {
        c.person(x, y + h * 0.3, h, { top: colour, legs: C.deep, arms: 'front' });
        c.path(`M${x - h * 0.2} ${y - h * 0.63}L${x} ${y - h * 0.8}L${x + h * 0.2} ${y - h * 0.63}Q${x} ${y - h * 0.58} ${x - h * 0.2} ${y - h * 0.63}Z`, C.straw);
        c.path(`M${x + h * 0.12} ${y - h * 0.3}h${h * 0.26}l${-h * 0.04} ${h * 0.26}h${-h * 0.18}Z`, C.clay);
    }
    const front = range(45).map((k) => [k * 38 - 20, 1010 - (k % 2) * 30 + 20 * Math.sin(k / 7)]);
    c.path(`${curve(front)}L1640 1080L-40 1080Z`, C.pine);
    for (const i of range(90)) c.oval(c.random.next() * 1600, 1010 + c.random.next() * 60, 22, 9, mix(C.leaf, C.pine, c.random.next()));
}

function spring(c) {
    c.sky([C.night, C.navy, mix(C.deep, C.plum, 0.5)], 700).stars(90, 380).circle(1240, 190, 62, C.cream).glow(1240, 190, 260, C.cream, 0.5);
    c.hills(640, 260, mix(C.navy, C.deep, 0.7), 1.6, 0.5, 90);
    c.hills(700, 170, mix(C.pine, C.navy, 0.6), 2.2, 0.5, 90);
    c.rect(110, 470, 560, 260, C.walnut).eaves(390, 400, 680, 110, C.slate, C.steel).rect(150, 540, 480, 170, C.gold);
    for (const x of range(9)) c.rect(150 + x * 58, 540, 8, 170, C.walnut);
    c.rect(150, 612, 480, 7, C.walnut).glow(390, 640, 420, C.gold, 0.5).lantern(190, 520, 26, C.amber).lantern(590, 520, 26, C.amber);
    c.path('M0 760C260 700 640 720 900 730C1200 740 1420 720 1600 770V1067H0Z', C.ink);
    c.oval(860, 900, 640, 150, darker(C.teal, 0.45)).oval(860, 890, 600, 130, [[mix(C.teal, C.gold, 0.35), C.teal, C.deep]]);
    for (const [i, a] of range(26).map((k) => [k, (k / 26) * 6.28])) {
        const s = 46 + 40 * ((i * 0.37) % 1);
        c.oval(860 + 640 * Math.cos(a), 898 + 148 * Math.sin(a), s, s * 0.55, mix(C.slate, C.ink, 0.25 + 0.5 * ((i * 0.61) % 1)));
    }
    c.shine(480, 830, 960, 120, C.gold, 14);
    for (const [x, y, towel] of [[700, 880, C.cream], [800, 866, C.coral], [1100, 890, C.cream]]) {
        c.circle(x, y - 44, 28, C.skin).path(`M${x - 46} ${y}q4 -26 46 -26t46 26Z`, C.skin).path(`M${x - 29} ${y - 46}a29 30 0 0 1 58 0q-29 -18 -58 0Z`, C.hair).rect(x - 24, y - 80, 48, 13, towel, { rx: 5 });
        c.oval(x, y + 2, 70, 8, C.foam, { opacity: 0.35 });
    }
    for (const i of range(9)) c.stroke(`M${420 + i * 110} 850q-50 -80 10 -160t-10 -170`, C.white, 36, { opacity: (0.05 + 0.05 * c.random.next()).toFixed(2) });
    for (const [x, h] of [[1340, 420], [1460, 520], [1570, 400]]) c.conifer(x, 800, h, mix(C.pine, C.night, 0.5));
    c.vignette(0.3);
}

function forest(c) {
    c.rect(0, 0, 1600, 1600, [[C.mist, mix(C.leaf, C.mist, 0.6), mix(C.pine, C.leaf, 0.3)]]).glow(960, 300, 760, C.cream, 0.95);
    for (const [layer, count] of [[0, 16], [1, 11], [2, 7]]) {
        for (const i of range(count)) {
            const [x, w] = [((i + c.random.between(0.1, 0.9)) / count) * 1600, (16 + layer * 26) * c.random.between(0.8, 1.3)];
            const colour = mix(C.pine, C.mist, 0.72 - layer * 0.3);
            c.poly([[x - w * 0.6, 1600], [x - w * 0.32, -20], [x + w * 0.32, -20], [x + w * 0.7, 1600]], colour);
            for (const k of range(5)) c.oval(x + (k % 2 ? 1 : -1) * w * (1.6 + layer * 0.3), 100 + k * (150 + layer * 30) + c.random.between(-60, 60), w * (2.4 - layer * 0.2), w * 0.55, lighter(colour, 0.06));
        }
        c.haze(500 + layer * 260, 640, C.mist, 0.55);
    }
    c.path('M0 1330C360 1260 520 1300 760 1280C1060 1260 1260 1320 1600 1270V1600H0Z', C.pine).path('M620 1600C700 1480 860 1420 840 1340C830 1310 800 1300 780 1282L850 1280C900 1310 940 1340 930 1400C920 1480 960 1540 1010 1600Z', C.straw, { opacity: 0.75 });
    c.poly([[300, 1600], [360, -20], [520, -20], [640, 1600]], darker(C.walnut, 0.35)).poly([[300, 1600], [360, -20], [400, -20], [400, 1600]], darker(C.walnut, 0.6));
    for (const i of range(7)) c.stroke(`M${400 + i * 30} 1600Q${420 + i * 16} 800 ${420 + i * 12} -20`, darker(C.walnut, 0.62), 7, { opacity: 0.6 });
    for (const [x, y, s] of [[120, 1480, 1.4], [1240, 1460, 1.2], [1470, 1540, 1.7], [760, 1560, 0.9]])
        for (const k of range(9)) c.stroke(`M${x} ${y + 60}Q${x + (k - 4) * 34 * s} ${y - 110 * s} ${x + (k - 4) * 62 * s} ${y + Math.abs(k - 4) * 14 - 20}`, k % 2 ? C.leaf : C.moss, 13 * s);
    c.person(900, 1372, 150, { top: C.coral, legs: C.ink, back: true }).person(838, 1366, 128, { top: C.amber, legs: C.ink, back: true, long: true });
    c.poly([[1130, 0], [1300, 0], [760, 1600], [420, 1600]], C.cream, { opacity: 0.12 }).poly([[1350, 0], [1420, 0], [1130, 1600], [980, 1600]], C.cream, { opacity: 0.12 });
}

function coastTrain(c) {
    c.sky([C.sea, C.sky, C.cream], 480).cloud(180, 200, 480, C.white, 0.7).cloud(900, 150, 420, C.white, 0.6);
    c.water(470, [C.teal, C.sea, C.deep], C.white, 90);
    c.path('M1600 210C1440 240 1330 330 1240 420C1170 480 1100 500 1010 520L1180 640L1600 760Z', C.moss).path('M1600 330C1480 350 1400 430 1330 520C1290 570 1240 600 1170 640L1600 760Z', C.pine);
    c.path('M1010 520C900 640 700 700 480 760C300 800 120 880 0 960V1067H1600V700Z', C.straw).path('M1000 540C900 660 700 720 470 780C290 820 130 900 0 985', 'none', { stroke: C.foam, 'stroke-width': 26, opacity: 0.85 });
    c.path('M1600 600C1300 640 900 800 560 1067H1600Z', C.leaf).path('M1600 720C1360 760 1100 880 900 1067H1600Z', C.moss);
    c.stroke('M1640 640C1240 690 820 850 470 1090', C.slate, 46).stroke('M1640 634C1240 684 820 844 462 1084', C.silver, 7).stroke('M1640 650C1250 702 836 862 492 1090', C.silver, 7);
    const car = (x, y, s, turn, face) => c.at(x, y, () => {
        c.rect(-190, -150, 380, 140, C.cream, { rx: 14 }).rect(-190, -66, 380, 26, C.brick).rect(-190, -150, 380, 16, C.silver, { rx: 8 }).rect(-190, -10, 380, 14, C.ink);
        for (const i of range(5)) c.rect(-166 + i * 68, -122, 52, 46, C.deep, { rx: 5 });
        if (face) c.path('M-190 -150h-20q-46 30 -46 120v30h66Z', C.brick).path('M-212 -130q-30 20 -34 62h48v-62Z', C.deep).circle(-228, -34, 9, C.gold);
    }, s, turn);
    car(1418, 676, 0.55, -10);
    car(1216, 728, 0.72, -15);
    car(944, 826, 0.95, -22, true);
    for (const x of range(7)) {
        const [px, py] = [1540 - x * 180, 560 + x * x * 9 + x * 16];
        c.line([[px, py + 80 + x * 10], [px, py - 60]], C.slate, 4 + x * 0.8).line([[px, py - 50], [px + 40, py - 50]], C.slate, 4);
    }
    for (const i of range(12)) c.tree(1180 + c.random.next() * 420, 900 + c.random.next() * 150, c.random.between(70, 130), c.random.pick([C.pine, C.moss]));
}

export const scenes = [
    ['mountain-dawn', '3:2', mountain], ['rice-fields', '3:2', rice], ['tea-field', '3:2', tea], ['hot-spring', '3:2', spring],
    ['misty-forest', '3:2', (c) => c.at(0, -500, () => forest(c))], ['coast-train', '3:2', coastTrain],
];
