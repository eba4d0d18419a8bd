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

/** Somebody who moves: joints are given, the rest is drawn. Head and trunk in h units round x, y (the hips). */
function athlete(c, x, y, h, { top, legs, skin = C.skin, hair = C.hair, lean = 0.12, arms, feet, tail = false, shoe = C.cream }) {
    const neck = [x + lean * h, y - 0.34 * h];
    const joint = ([a, b]) => [x + a * h, y + b * h];
    const leg = ([knee, foot], colour) => {
        c.line([[x, y], joint(knee)], legs, h * 0.115).line([joint(knee), joint(foot)], colour, h * 0.075);
        const [fx, fy] = joint(foot);
        c.line([[fx - 0.01 * h, fy], [fx + 0.07 * h, fy + 0.005 * h]], shoe, h * 0.055);
    };
    const arm = ([elbow, hand], colour) => c.line([[neck[0], neck[1] + 0.05 * h], joint(elbow)], colour, h * 0.07).line([joint(elbow), joint(hand)], skin, h * 0.058).circle(...joint(hand), h * 0.036, skin);
    leg(feet[1], darker(skin, 0.18));
    arm(arms[1], darker(top, 0.25));
    c.line([[x, y - 0.03 * h], [neck[0], neck[1] + 0.06 * h]], top, h * 0.2);
    leg(feet[0], skin);
    const head = [neck[0] + lean * h * 0.35, neck[1] - 0.13 * h];
    c.line([neck, head], darker(skin, 0.12), h * 0.06).circle(...head, h * 0.082, skin);
    c.path(`M${head[0] - h * 0.088} ${head[1] + h * 0.01}a${h * 0.088} ${h * 0.09} 0 0 1 ${h * 0.165} ${-h * 0.045}q${-h * 0.09} ${-h * 0.01} ${-h * 0.165} ${h * 0.045}Z`, hair);
    if (tail) c.path(`M${head[0] - h * 0.07} ${head[1] - h * 0.04}q${-h * 0.16} ${-h * 0.03} ${-h * 0.2} ${h * 0.09}q${h * 0.1} ${-h * 0.05} ${h * 0.2} ${h * 0.0}Z`, hair);
    arm(arms[0], top);
    return { hand: joint(arms[0][1]), head };
}

function pitcher(c, t) {
    c.sky([C.night, C.navy, C.deep], 560);
    for (const [x, h] of [[230, 330], [1380, 330]]) lamps(c, x, 480, h, 1.1);
    c.rect(0, 440, 1600, 190, darker(C.slate, 0.5));
    for (const row of range(9)) for (const i of range(110)) c.circle(i * 15 + (row % 2) * 7, 458 + row * 18, 6, c.random.pick([C.coral, C.amber, C.cream, C.teal, C.sea, C.blush, C.plum]), { opacity: 0.75 });
    c.rect(0, 612, 1600, 46, C.teal).rect(0, 612, 1600, 7, C.amber);
    for (const i of range(7)) c.rect(60 + i * 230, 622, 150, 26, i % 2 ? C.cream : C.gold, { opacity: 0.25 });
    c.rect(0, 656, 1600, 411, C.moss);
    for (const i of range(8)) c.poly([[i * 220 - 30, 656], [i * 220 + 80, 656], [i * 320 - 330, 1067], [i * 320 - 540, 1067]], C.leaf, { opacity: 0.25 });
    c.poly([[700, 690], [900, 690], [1000, 730], [600, 730]], C.clay).person(800, 716, 96, { top: C.coral, legs: C.silver, arms: 'one', hair: C.brick }).line([[818, 640], [846, 600]], C.straw, 7);
    c.person(740, 712, 70, { top: C.ink, legs: C.slate });
    c.oval(800, 1010, 640, 120, C.clay).oval(800, 990, 520, 84, lighter(C.clay, 0.12)).rect(730, 984, 150, 18, C.white);
    c.oval(760, 1000, 240, 26, C.night, { opacity: 0.28 });
    c.line([[790, 700], [700, 820], [760, 980]], C.cream, 92).line([[760, 970], [830, 992]], C.ink, 40);
    c.line([[800, 690], [960, 760], [1060, 700]], mix(C.cream, C.silver, 0.5), 84).line([[1050, 690], [1110, 660]], C.ink, 38);
    c.line([[790, 690], [740, 470]], C.cream, 196).line([[770, 690], [810, 690]], C.ink, 40);
    for (const x of [668, 705, 740, 775, 812]) c.line([[x + 40, 690], [x, 430]], C.teal, 3, { opacity: 0.35 });
    c.line([[820, 450], [960, 400], [1080, 460]], darker(C.teal, 0.1), 66).circle(1100, 470, 58, C.walnut).circle(1108, 462, 34, darker(C.walnut, 0.3));
    c.line([[660, 450], [540, 330], [600, 170]], C.teal, 66).line([[560, 300], [606, 160]], C.skin, 44).circle(612, 140, 30, C.skin);
    c.circle(640, 108, 27, C.white).stroke('M624 94q14 14 4 36M656 92q-12 14 -2 34', C.coral, 4);
    c.rect(706, 350, 62, 60, darker(C.skin, 0.14)).circle(742, 300, 78, C.hair).path('M656 300a86 84 0 0 1 172 0q-80 -26 -172 0Z', C.teal).circle(742, 220, 10, C.amber);
    for (const [dx, o] of [[60, 0.5], [120, 0.3], [180, 0.16]]) c.circle(640 - dx * 0.4, 108 + dx, 24, C.white, { opacity: o * 0.5 });
    c.vignette(0.35);
}

function track(c) {
    c.sky([C.sea, C.sky, C.blush], 420).cloud(140, 150, 420, C.white, 0.6);
    c.path('M-20 300Q800 210 1620 300V480H-20Z', darker(C.slate, 0.2)).path('M-20 180Q800 60 1620 180L1620 216Q800 100 -20 216Z', C.cream);
    for (const x of [90, 420, 800, 1180, 1510]) c.line([[x, 190 - 60 * Math.sin((x / 1600) * 3.14)], [x, 420]], C.silver, 8);
    for (const row of range(8)) for (const i of range(110)) c.circle(i * 15 + (row % 2) * 7, 306 - 60 * Math.sin(((i * 15) / 1600) * 3.14) + row * 20, 6.5, c.random.pick([C.coral, C.amber, C.cream, C.teal, C.sea, C.blush, C.sand]), { opacity: 0.85 });
    c.rect(0, 460, 1600, 40, C.deep).rect(0, 496, 1600, 80, C.leaf);
    for (const i of range(10)) c.rect(i * 170 + 20, 470, 120, 20, [C.coral, C.cream, C.amber, C.teal][i % 4], { opacity: 0.6 });
    c.poly([[0, 560], [1600, 540], [1600, 1067], [0, 1067]], C.brick);
    for (const k of range(6)) c.line([[0, 566 + k * k * 18 + k * 12], [1600, 546 + k * k * 20 + k * 10]], C.cream, 3 + k * 1.6, { opacity: 0.85 });
    for (const i of range(60)) c.circle(c.random.next() * 1600, 580 + c.random.next() * 480, c.random.between(1.5, 4), darker(C.brick, 0.3), { opacity: 0.5 });
    const run = [[[-0.16, -0.16], [-0.02, -0.22]], [[0.3, -0.2], [0.36, -0.36]]];
    const step = [[[0.2, 0.16], [0.1, 0.42]], [[-0.1, 0.22], [-0.36, 0.2]]];
    for (const [x, y, h, top, legs, skin, tail] of [[300, 700, 330, C.plum, C.ink, C.tan, true], [560, 690, 350, C.amber, C.navy, C.skin, false], [760, 720, 380, C.cream, C.slate, darker(C.tan, 0.25), true]]) {
        c.oval(x + 20, y + h * 0.45, h * 0.3, 14, C.night, { opacity: 0.25 });
        athlete(c, x, y, h, { top, legs, skin, tail, arms: run, feet: step });
    }
    c.oval(1120, 990, 200, 22, C.night, { opacity: 0.28 });
    const { head } = athlete(c, 1080, 740, 560, { top: C.teal, legs: C.teal, tail: true, lean: 0.1, arms: [[[0.2, -0.2], [0.28, -0.42]], [[-0.1, -0.14], [-0.22, -0.1]]], feet: [[[0.18, 0.13], [0.3, 0.38]], [[-0.06, 0.22], [-0.3, 0.26]]], shoe: C.amber });
    c.rect(1050, 590, 88, 74, C.cream, { rx: 5, transform: 'rotate(10 1090 620)' }).rect(1068, 606, 52, 40, C.coral, { opacity: 0.75, transform: 'rotate(10 1090 620)' });
    c.stroke(`M${head[0] - 20} ${head[1] + 10}q14 10 30 4`, C.brick, 5);
    for (const y of [640, 700, 760, 830]) c.line([[860 - y * 0.1, y], [950 - y * 0.1, y]], C.cream, 6, { opacity: 0.4 });
}

function basketball(c) {
    c.rect(0, 0, 1600, 1067, [[C.ink, mix(C.plum, C.navy, 0.5)]]);
    for (const row of range(9)) for (const i of range(74)) c.circle(i * 22 + (row % 2) * 11, 120 + row * 34, 11, c.random.pick([C.coral, C.amber, C.plum, C.wine, C.sea, C.blush, C.sand]), { opacity: (0.2 + row * 0.06).toFixed(2) });
    for (const x of [260, 800, 1340]) c.poly([[x - 20, 0], [x + 20, 0], [x + 260, 700], [x - 260, 700]], C.cream, { opacity: 0.08 }).glow(x, 0, 240, C.cream, 0.7);
    c.rect(0, 430, 1600, 60, C.plum).rect(0, 430, 1600, 8, C.amber);
    c.poly([[0, 490], [1600, 490], [1600, 1067], [0, 1067]], [[C.ochre, C.straw]]);
    for (const i of range(19)) c.line([[800 + (i - 9) * 110, 490], [800 + (i - 9) * 260, 1067]], darker(C.ochre, 0.12), 3, { opacity: 0.6 });
    c.poly([[960, 500], [1340, 500], [1500, 760], [940, 760]], C.plum, { opacity: 0.7 }).oval(1220, 762, 280, 60, 'none', { stroke: C.cream, 'stroke-width': 8 });
    c.line([[960, 500], [940, 760], [1500, 760], [1340, 500]], C.cream, 8).stroke('M640 500C620 900 1500 980 1600 820', C.cream, 8);
    c.line([[1180, 490], [1180, 300]], C.slate, 26).rect(1020, 90, 310, 210, C.white, { opacity: 0.92, rx: 6 }).rect(1020, 90, 310, 210, 'none', { stroke: C.coral, 'stroke-width': 9, rx: 6 }).rect(1116, 170, 120, 90, 'none', { stroke: C.coral, 'stroke-width': 7 });
    c.oval(1170, 290, 70, 16, 'none', { stroke: C.coral, 'stroke-width': 11 });
    for (const i of range(7)) c.line([[1104 + i * 22, 296], [1126 + i * 14.5, 380]], C.white, 4).line([[1236 - i * 22, 296], [1214 - i * 14.5, 380]], C.white, 4);
    for (const [x, h, o] of [[800, 60, 0.3], [1180, 40, 0.2], [520, 50, 0.25]]) c.oval(x, 900 - h, 150, 18, C.night, { opacity: o });
    athlete(c, 560, 640, 480, { top: C.cream, legs: C.cream, skin: C.tan, lean: 0.06, arms: [[[0.14, -0.5], [0.24, -0.72]], [[-0.2, -0.2], [-0.26, -0.02]]], feet: [[[0.1, 0.22], [0.04, 0.46]], [[-0.14, 0.2], [-0.2, 0.46]]], shoe: C.ink });
    athlete(c, 1400, 640, 430, { top: C.cream, legs: C.cream, lean: -0.05, arms: [[[-0.18, -0.5], [-0.26, -0.66]], [[0.14, -0.2], [0.2, -0.06]]], feet: [[[0.08, 0.22], [0.1, 0.46]], [[-0.12, 0.22], [-0.18, 0.46]]], shoe: C.ink });
    const { hand } = athlete(c, 870, 600, 620, { top: C.coral, legs: C.coral, lean: 0.14, arms: [[[0.28, -0.48], [0.36, -0.72]], [[0.02, -0.16], [-0.14, -0.22]]], feet: [[[0.16, 0.12], [0.02, 0.3]], [[-0.1, 0.2], [-0.28, 0.36]]], shoe: C.amber });
    c.circle(hand[0] + 30, hand[1] - 34, 50, C.amber).stroke(`M${hand[0] - 16} ${hand[1] - 50}q46 26 92 -2M${hand[0] + 28} ${hand[1] - 84}q-20 50 8 100`, C.walnut, 5);
    c.crowd(1030, 56, [C.plum, C.wine, C.navy, C.amber], { step: 1.6 });
    c.vignette(0.4);
}

function badminton(c) {
    c.rect(0, 0, 1600, 1067, [[C.pine, mix(C.teal, C.pine, 0.6)]]);
    for (const i of range(8)) c.rect(i * 210, 60, 150, 250, darker(C.pine, 0.25), { rx: 6 });
    for (const x of [300, 800, 1300]) c.rect(x - 120, 18, 240, 20, C.cream, { rx: 8 }).glow(x, 34, 300, C.cream, 0.5);
    c.poly([[330, 430], [1270, 430], [1640, 1067], [-40, 1067]], C.teal).poly([[330, 430], [1270, 430], [1640, 1067], [-40, 1067]], 'none', { stroke: C.cream, 'stroke-width': 9 });
    for (const k of [0.1, 0.9]) c.line([[330 + 940 * k, 430], [-40 + 1680 * k, 1067]], C.cream, 6);
    c.line([[800, 430], [800, 560]], C.cream, 5).line([[800, 760], [800, 1067]], C.cream, 8).line([[262, 548], [1338, 548]], C.cream, 5).line([[140, 756], [1460, 756]], C.cream, 7);
    athlete(c, 980, 470, 230, { top: C.amber, legs: C.ink, skin: C.tan, lean: -0.06, arms: [[[-0.18, -0.44], [-0.26, -0.6]], [[0.2, -0.24], [0.3, -0.36]]], feet: [[[0.14, 0.2], [0.22, 0.44]], [[-0.14, 0.2], [-0.24, 0.44]]] });
    c.line([[920, 332], [886, 290]], C.ink, 5).oval(864, 262, 26, 36, 'none', { stroke: C.coral, 'stroke-width': 6, transform: 'rotate(-38 864 262)' });
    c.rect(150, 420, 16, 240, C.ink).rect(1434, 420, 16, 240, C.ink).rect(158, 436, 1284, 118, C.night, { opacity: 0.35 }).rect(158, 426, 1284, 20, C.white);
    for (const i of range(62)) c.line([[160 + i * 21, 446], [160 + i * 21, 554]], C.cream, 1.6, { opacity: 0.5 });
    for (const i of range(6)) c.line([[158, 462 + i * 18], [1442, 462 + i * 18]], C.cream, 1.6, { opacity: 0.5 });
    c.oval(640, 1010, 240, 24, C.night, { opacity: 0.3 });
    const { hand } = athlete(c, 620, 720, 640, { top: C.coral, legs: C.navy, lean: 0.08, tail: true, arms: [[[0.18, -0.54], [0.1, -0.74]], [[0.26, -0.2], [0.38, -0.36]]], feet: [[[0.16, 0.18], [0.26, 0.4]], [[-0.16, 0.18], [-0.26, 0.42]]], shoe: C.amber });
    c.line([hand, [hand[0] + 70, hand[1] - 70]], C.ink, 11).oval(hand[0] + 112, hand[1] - 120, 52, 72, [[[C.cream, 0.25], [C.cream, 0.1]]], { stroke: C.amber, 'stroke-width': 9, transform: `rotate(40 ${hand[0] + 112} ${hand[1] - 120})` });
    for (const i of range(5)) c.line([[hand[0] + 80 + i * 18, hand[1] - 170 + i * 4], [hand[0] + 82 + i * 14, hand[1] - 76 + i * 4]], C.cream, 2, { opacity: 0.7 });
    c.at(1010, 130, () => c.poly([[-18, 0], [18, 0], [46, -74], [-46, -74]], C.white).poly([[-6, 0], [6, 0], [12, -74], [-12, -74]], C.mist).path('M-20 0a20 22 0 0 0 40 0Z', C.coral), 0.9, 118);
    for (const [k, o] of [[1, 0.4], [2, 0.26], [3, 0.14]]) c.line([[960 - k * 60, 156 + k * 16], [930 - k * 60, 166 + k * 16]], C.white, 7, { opacity: o });
    c.vignette(0.32);
}

function cycling(c) {
    c.sky([C.sky, C.cream, C.blush, C.gold], 560).glow(1240, 480, 420, C.gold, 0.9).circle(1240, 470, 60, C.cream).cloud(120, 170, 480, C.white, 0.75);
    c.hills(520, 170, mix(C.sky, C.dusk, 0.4), 1.4, 0.45);
    c.water(516, [mix(C.gold, C.sky, 0.4), C.teal, C.sea], C.gold, 70, 0, 800).shine(1240, 522, 800, 90, C.cream, 20);
    for (const [x, s] of [[420, 0.8], [640, 0.5]]) c.path(`M${x - 60 * s} 560h${130 * s}l${-22 * s} ${26 * s}h${-86 * s}Z`, C.deep).rect(x - 20 * s, 560 - 34 * s, 50 * s, 34 * s, C.cream);
    c.path('M0 760C300 730 700 740 1000 700C1240 670 1440 640 1600 640V1067H0Z', C.leaf).path('M0 860C360 800 760 810 1080 760C1300 726 1460 700 1600 690V800C1400 830 1160 900 940 1067H0Z', C.sand);
    c.path('M0 960C300 890 700 890 1080 800C1300 750 1460 730 1600 726', 'none', { stroke: C.cream, 'stroke-width': 8, 'stroke-dasharray': '46 34' });
    for (const i of range(14)) c.line([[i * 120, 752 - i * 7], [i * 120, 690 - i * 7]], C.slate, 7);
    c.line([[0, 700], [1600, 604]], C.slate, 7).line([[0, 726], [1600, 630]], C.slate, 5);
    for (const i of range(20)) { const x = c.random.next() * 900 + 700; c.stroke(`M${x} 1067q${c.random.between(-30, 30)} -60 ${c.random.between(-40, 40)} -${c.random.between(90, 170)}`, c.random.pick([C.straw, C.moss, C.cream]), 6); }
    const rider = (x, y, s, top, frame, o = {}) => c.at(x, y, () => {
        c.oval(0, 6, 180, 14, C.night, { opacity: 0.25 });
        for (const w of [-112, 112]) { c.circle(w, -70, 70, 'none', { stroke: C.ink, 'stroke-width': 9 }).circle(w, -70, 9, C.slate); for (const k of range(8)) c.line([[w, -70], [w + 66 * Math.cos(k * 0.785), -70 + 66 * Math.sin(k * 0.785)]], C.steel, 2); }
        c.line([[20, -110], [-46, -208]], darker(C.navy, 0.1), 30).line([[20, -110], [-12, -34]], darker(C.skin, 0.15), 20);
        c.line([[-112, -70], [-52, -186], [84, -176], [-6, -66], [-112, -70]], frame, 10).line([[-52, -186], [-6, -66]], frame, 10).line([[112, -70], [78, -206], [110, -224]], frame, 10).line([[-74, -200], [-30, -200]], C.ink, 13).circle(-6, -66, 17, C.slate);
        c.line([[-52, -210], [44, -150]], C.navy, 36).line([[44, -150], [6, -46]], C.skin, 23).line([[-4, -42], [30, -40]], C.cream, 17);
        c.line([[-52, -224], [20, -340]], top, 74).line([[24, -336], [70, -268], [110, -232]], darker(top, 0.15), 24).circle(112, -230, 13, C.skin);
        c.rect(14, -404, 22, 36, darker(C.skin, 0.12)).circle(32, -420, 38, C.skin).path('M-10 -424a44 44 0 0 1 88 -4q-44 -14 -88 4Z', o.helmet ?? C.coral);
        if (o.basket) c.path('M92 -262h74l-12 62h-50Z', C.straw).circle(112, -272, 18, C.leaf).circle(140, -274, 18, C.coral);
    }, s);
    rider(1290, 800, 0.62, C.amber, C.teal, { helmet: C.cream });
    rider(420, 990, 1.1, C.teal, C.coral, { basket: true });
    rider(850, 900, 0.82, C.plum, C.amber, { helmet: C.teal });
}

function rainDelay(c) {
    c.sky([C.ink, C.slate, C.steel], 520);
    for (const [x, y, w, k] of [[-80, 160, 640, 0.25], [460, 120, 700, 0.4], [1020, 200, 640, 0.3]]) c.cloud(x, y, w, mix(C.ink, C.steel, k), 0.8);
    for (const [x, h] of [[220, 300], [1380, 300]]) { c.line([[x, 470], [x, 470 - h]], C.ink, 13).rect(x - 74, 470 - h - 76, 148, 82, C.ink, { rx: 5 }); for (const i of range(5)) for (const j of range(3)) c.circle(x - 56 + i * 28, 470 - h - 60 + j * 25, 9, mix(C.silver, C.slate, 0.3)); }
    c.path('M-20 500Q800 330 1620 500V640H-20Z', darker(C.slate, 0.3));
    for (const row of range(7)) for (const i of range(60)) c.rect(i * 27 + (row % 2) * 12, 494 - 84 * (1 - ((i * 27 - 800) / 820) ** 2) + row * 18, 19, 11, mix(row % 3 ? C.teal : C.sea, C.slate, 0.4), { rx: 3 });
    c.path('M-20 590Q800 440 1620 590V640H-20Z', darker(C.teal, 0.3)).path('M-20 612Q800 462 1620 612V1067H-20Z', mix(C.moss, C.slate, 0.35));
    c.poly([[800, 960], [1290, 720], [800, 570], [310, 720]], mix(C.clay, C.slate, 0.3));
    c.poly([[800, 930], [1230, 722], [800, 596], [370, 722]], C.silver).poly([[800, 596], [1230, 722], [1010, 828], [590, 660]], mix(C.silver, C.white, 0.3));
    for (const i of range(7)) c.line([[370 + i * 61, 722 + i * 30], [800 + i * 61, 596 + i * 18]], C.steel, 4);
    for (const [x, y] of [[560, 724], [780, 660], [1000, 730], [790, 800], [880, 870], [660, 790]]) c.oval(x, y, 54, 11, C.sky, { opacity: 0.6 });
    for (const [x, y] of [[370, 726], [590, 830], [800, 934], [1010, 832], [1228, 726], [800, 600]]) c.rect(x - 20, y - 13, 40, 20, C.sand, { rx: 8 });
    for (const [x, y, h, top, arms] of [[470, 850, 150, C.amber, 'front'], [560, 900, 160, C.amber, 'front'], [1110, 850, 150, C.amber, 'one']]) { c.person(x, y, h, { top, legs: C.navy, arms }); c.path(`M${x - h * 0.1} ${y - h * 0.9}a${h * 0.1} ${h * 0.11} 0 0 1 ${h * 0.2} 0v${h * 0.1}h${-h * 0.2}Z`, top).circle(x, y - h * 0.92, h * 0.06, C.skin); }
    c.rect(0, 1000, 1600, 70, C.ink).rect(0, 992, 1600, 12, C.teal);
    for (const [x, colour] of [[170, C.coral], [360, C.teal], [1260, C.amber], [1440, C.plum]]) { c.line([[x, 1067], [x, 900]], C.ink, 6).path(`M${x - 100} 930Q${x - 84} 846 ${x} 840Q${x + 84} 846 ${x + 100} 930q-25 -18 -50 0q-25 -18 -50 0q-25 -18 -50 0q-25 -18 -50 0Z`, colour).circle(x + 30, 1000, 27, C.hair).path(`M${x - 14} 1067q0 -44 44 -44t44 44Z`, mix(colour, C.navy, 0.5)); }
    c.rain(230, C.white, 0.5, -0.2);
    c.vignette(0.35);
}

function slideHome(c) {
    c.rect(0, 0, 1600, 560, [[C.night, C.navy, C.deep]]);
    for (const [x, h] of [[150, 300], [1450, 300]]) lamps(c, x, 440, h, 0.9);
    c.rect(0, 400, 1600, 150, darker(C.slate, 0.5));
    for (const row of range(8)) for (const i of range(108)) c.circle(i * 15 + (row % 2) * 7, 414 + row * 17, 6, c.random.pick([C.teal, C.teal, C.amber, C.cream, C.coral, C.sea, C.blush]), { opacity: 0.8 });
    c.rect(0, 540, 1600, 60, C.teal).rect(0, 540, 1600, 8, C.amber);
    for (const i of range(6)) c.rect(60 + i * 270, 558, 180, 28, i % 2 ? C.gold : C.cream, { opacity: 0.25 });
    c.rect(0, 598, 1600, 470, C.moss).path('M0 700C400 640 1200 640 1600 720V1067H0Z', C.clay).path('M0 780C400 740 1100 730 1600 800V1067H0Z', lighter(C.clay, 0.1));
    c.line([[1600, 640], [900, 960]], C.white, 12, { opacity: 0.9 });
    c.poly([[800, 930], [930, 930], [950, 966], [866, 1000], [780, 966]], C.white);
    for (const i of range(60)) { const k = c.random.next(); c.circle(240 + k * 560, 960 - Math.sin(k * 3) * c.random.between(10, 150), c.random.between(10, 46) * (1.1 - k * 0.5), mix(C.clay, C.sand, c.random.between(0.2, 0.8)), { opacity: 0.6 }); }
    c.oval(560, 990, 340, 24, C.night, { opacity: 0.25 });
    c.line([[470, 900], [640, 940], [800, 950]], C.cream, 66).line([[780, 948], [860, 940]], C.ink, 42).line([[470, 900], [590, 990], [700, 990]], mix(C.cream, C.silver, 0.4), 62).line([[700, 990], [740, 976]], C.ink, 38);
    c.line([[480, 900], [370, 780]], C.teal, 132).line([[360, 800], [240, 860], [190, 930]], darker(C.teal, 0.15), 52).circle(186, 938, 30, C.skin).line([[400, 770], [460, 640], [400, 560]], C.teal, 50).circle(394, 548, 30, C.skin);
    c.circle(316, 690, 62, C.skin).path('M250 690A66 66 0 0 1 380 676L400 690Q330 676 250 690Z', C.teal).rect(376, 676, 44, 14, darker(C.teal, 0.2), { rx: 6 }).circle(346, 700, 7, C.ink).stroke('M338 722q14 8 26 -4', C.brick, 6);
    c.oval(1090, 990, 190, 20, C.night, { opacity: 0.25 });
    c.line([[1110, 800], [1200, 900], [1190, 980]], C.slate, 70).line([[1110, 800], [1020, 890], [1080, 985]], C.slate, 72).line([[1080, 985], [1030, 985]], C.ink, 34).line([[1110, 800], [1070, 640]], C.coral, 150).path('M1000 640h140l-6 160h-120Z', darker(C.coral, 0.35));
    c.line([[1050, 650], [950, 740], [900, 830]], C.coral, 54).circle(890, 850, 52, C.walnut).circle(882, 846, 26, C.white).circle(1060, 550, 66, C.skin).path('M988 550A72 74 0 0 1 1132 550V570H1104V520H1000Z', C.brick).rect(990, 530, 70, 56, 'none', { stroke: C.ink, 'stroke-width': 7, rx: 12 }).line([[1024, 530], [1024, 586]], C.ink, 6);
    c.person(1390, 960, 420, { top: C.ink, legs: C.slate, arms: 'up', hair: C.ink }); c.rect(1350, 640, 80, 90, darker(C.slate, 0.3), { rx: 12 });
    c.vignette(0.32);
}

function marathon(c) {
    c.sky([mix(C.dusk, C.deep, 0.3), C.rose, C.gold, C.cream], 560).glow(820, 520, 520, C.gold, 0.9).circle(820, 500, 70, C.cream).cloud(120, 190, 460, C.blush, 0.6).cloud(1080, 150, 400, C.blush, 0.5);
    c.hills(540, 110, mix(C.dusk, C.rose, 0.4), 1.4, 0.45);
    c.water(530, [mix(C.gold, C.rose, 0.4), C.dusk, C.deep], C.gold, 70, 0, 760).shine(820, 536, 760, 90, C.cream, 20);
    c.rect(60, 470, 20, 110, C.cream).rect(60, 500, 20, 26, C.coral).poly([[54, 472], [70, 446], [86, 472]], C.coral);
    c.path('M620 640C760 620 900 620 1010 640L1600 1067H0Z', C.slate).path('M620 640L0 1067H-60L600 640Z', C.sand).path('M1010 640L1600 1067H1700L1030 640Z', C.sand);
    for (const i of range(6)) { const k = (i / 6) ** 1.6; c.poly([[808 - 4 - 6 * k, 660 + k * 380], [814 + 4 + 6 * k, 660 + k * 380], [816 + 14 * k, 690 + k * 430], [804 - 12 * k, 690 + k * 430]], C.cream, { opacity: 0.8 }); }
    c.path('M560 650V430Q560 380 610 380H1020Q1070 380 1070 430V650H1020V450Q1020 430 1000 430H630Q610 430 610 450V650Z', C.teal).rect(640, 386, 350, 38, C.amber, { opacity: 0.9, rx: 6 });
    for (const i of range(8)) c.circle(668 + i * 42, 405, 11, i % 2 ? C.cream : C.coral);
    c.crowd(640, 15, [C.coral, C.teal, C.amber, C.plum, C.cream], { from: 640, to: 1000, step: 1 });
    c.crowd(668, 21, [C.coral, C.teal, C.amber, C.plum, C.cream], { from: 610, to: 1040, step: 1.05 });
    const run = [[[0.16, -0.2], [0.24, -0.36]], [[-0.16, -0.16], [-0.24, -0.2]]];
    const step = [[[0.14, 0.16], [0.12, 0.42]], [[-0.08, 0.22], [-0.28, 0.3]]];
    for (const [x, y, h, top, legs, skin, tail] of [[640, 720, 180, C.plum, C.ink, C.skin, true], [760, 715, 176, C.coral, C.navy, C.tan, false], [900, 720, 184, C.cream, C.slate, C.skin, true], [1010, 730, 190, C.amber, C.ink, C.skin, false], [540, 800, 270, C.teal, C.navy, C.tan, false], [860, 810, 280, C.amber, C.plum, C.skin, true], [1120, 815, 276, C.coral, C.ink, C.skin, false], [330, 870, 390, C.coral, C.ink, C.skin, true], [700, 880, 400, C.cream, C.teal, C.tan, false], [1260, 880, 400, C.plum, C.navy, C.skin, true]]) {
        c.oval(x + 10, y + h * 0.45, h * 0.24, h * 0.03, C.night, { opacity: 0.25 });
        athlete(c, x, y, h, { top, legs, skin, tail, lean: 0.07, arms: run, feet: step, hair: tail ? C.hair : C.walnut });
        c.rect(x + h * 0.005, y - h * 0.26, h * 0.13, h * 0.1, C.white, { rx: 2 });
    }
    for (const [x, h, top] of [[90, 250, C.teal], [180, 236, C.amber], [1450, 250, C.coral], [1540, 240, C.deep]]) c.person(x, 1010, h, { top, legs: C.navy, arms: 'up', long: x % 4 === 0 });
}

export const scenes = [
    ['stadium-night', '3:2', stadium], ['pitcher', '3:2', pitcher], ['track-final', '3:2', track], ['basketball', '3:2', basketball],
    ['badminton', '3:2', badminton], ['harbour-cycling', '3:2', cycling], ['rain-delay', '3:2', rainDelay], ['slide-home', '3:2', slideHome], ['marathon', '3:2', marathon],
];
