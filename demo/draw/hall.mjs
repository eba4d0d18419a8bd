/* hall.mjs - rooms where people work, learn, wait and decide. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/** Somebody sitting behind a desk or seen to the chest: the desk's edge at y. */
function bust(c, x, y, s, { top = C.deep, skin = C.skin, hair = C.hair, long = false, back = false, coat = false } = {}) {
    c.path(`M${x - 62 * s} ${y}V${y - 52 * s}q0 ${-44 * s} ${62 * s} ${-46 * s}q${62 * s} ${2 * s} ${62 * s} ${46 * s}V${y}Z`, coat ? C.cream : top);
    if (coat) c.path(`M${x - 18 * s} ${y - 98 * s}L${x} ${y - 40 * s}L${x + 18 * s} ${y - 98 * s}Z`, top);
    if (long) c.rect(x - 36 * s, y - 164 * s, 72 * s, 84 * s, hair, { rx: 26 * s });
    c.rect(x - 13 * s, y - 116 * s, 26 * s, 26 * s, darker(skin, 0.12)).circle(x, y - 138 * s, 33 * s, back ? hair : skin);
    c.path(`M${x - 35 * s} ${y - 134 * s}a${35 * s} ${36 * s} 0 0 1 ${70 * s} 0q${-30 * s} ${-20 * s} ${-70 * s} 0Z`, hair);
}

function court(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.paper, C.sand, 0.4), mix(C.sand, C.wood, 0.25)]]);
    for (const i of range(9)) c.rect(i * 190 + 20, 60, 150, 420, mix(C.wood, C.sand, 0.35), { rx: 4 }).rect(i * 190 + 34, 74, 122, 392, mix(C.wood, C.sand, 0.5), { rx: 4 });
    c.rect(0, 0, 1600, 40, C.walnut).rect(0, 500, 1600, 18, C.walnut);
    c.circle(800, 210, 96, C.walnut).circle(800, 210, 82, C.ochre);
    c.line([[800, 150], [800, 262]], C.walnut, 9).line([[738, 176], [862, 176]], C.walnut, 8).line([[770, 266], [830, 266]], C.walnut, 9);
    for (const x of [738, 862]) c.line([[x - 24, 224], [x, 176], [x + 24, 224]], C.walnut, 4).path(`M${x - 30} 224h60q-4 24 -30 24t-30 -24Z`, C.walnut);
    for (const x of [440, 800, 1160]) c.rect(x - 64, 320, 128, 180, darker(C.walnut, 0.3), { rx: 22 });
    for (const [x, o] of [[440, { long: true }], [800, {}], [1160, { hair: C.slate }]]) bust(c, x, 520, 1.05, { top: C.night, ...o });
    for (const [i, x] of [130, 250, 600, 1000, 1350, 1470].entries()) bust(c, x, 530, 0.82, { top: [C.teal, C.coral, C.plum, C.amber, C.moss, C.sea][i], long: i % 2 === 0, hair: [C.hair, C.walnut, C.hair, C.slate, C.hair, C.walnut][i], skin: i % 3 ? C.skin : C.tan });
    c.path('M40 520Q800 470 1560 520V640Q800 590 40 640Z', C.wood).path('M30 512Q800 462 1570 512V536Q800 486 30 536Z', C.ochre);
    for (const i of range(11)) c.line([[140 + i * 132, 548 - 26 * Math.sin((i / 10) * Math.PI)], [140 + i * 132, 618 - 26 * Math.sin((i / 10) * Math.PI)]], darker(C.wood, 0.25), 4);
    for (const x of [440, 800, 1160]) c.line([[x + 90, 492], [x + 76, 458]], C.ink, 4).circle(x + 75, 454, 7, C.ink);
    c.poly([[0, 660], [1600, 660], [1600, 1067], [0, 1067]], mix(C.clay, C.sand, 0.3)).poly([[420, 660], [1180, 660], [1400, 1067], [200, 1067]], mix(C.wine, C.clay, 0.2), { opacity: 0.75 });
    c.rect(60, 760, 420, 130, C.wood).rect(46, 748, 448, 20, C.ochre).rect(1120, 760, 420, 130, C.wood).rect(1106, 748, 448, 20, C.ochre);
    bust(c, 170, 750, 1.0, { top: C.slate, back: true }); bust(c, 350, 750, 1.0, { top: C.navy, back: true, long: true });
    bust(c, 1240, 750, 1.0, { top: C.pine, back: true }); bust(c, 1420, 750, 1.0, { top: C.slate, back: true });
    for (const [x, y] of [[110, 742], [420, 742], [1170, 742], [1490, 742]]) c.rect(x, y - 12, 60, 14, C.cream).rect(x + 6, y - 22, 60, 11, C.paper);
    c.rect(690, 760, 220, 16, C.ochre).rect(708, 776, 184, 90, darker(C.wood, 0.15)).person(800, 960, 300, { top: C.steel, legs: C.ink, back: true });
    c.crowd(1010, 76, [C.navy, C.plum, C.slate, C.pine], { step: 1.9 });
    c.vignette(0.32);
}

function classroom(c) {
    c.rect(0, 0, 1600, 1067, [[C.cream, C.paper]]);
    for (const i of range(3)) {
        const x = 1010 + i * 210;
        c.rect(x, 110, 180, 330, C.white).rect(x + 10, 120, 160, 310, [[C.sky, C.cream]]);
        c.clip(`M${x + 10} 120h160v310h-160Z`, () => c.tree(x + 60 + i * 20, 470, 240, C.leaf).tree(x + 150 - i * 20, 480, 200, C.moss));
        c.rect(x + 86, 120, 8, 310, C.white).rect(x + 10, 262, 160, 8, C.white);
        c.poly([[x - 120, 1067], [x + 80, 1067], [x + 150, 440], [x + 20, 440]], C.gold, { opacity: 0.12 });
    }
    c.rect(70, 100, 860, 380, C.wood).rect(86, 116, 828, 348, mix(C.pine, C.night, 0.2));
    c.stroke('M130 400C260 400 300 250 420 240S600 330 700 210S830 170 870 160', C.gold, 7).line([[130, 150], [130, 420], [880, 420]], C.cream, 5);
    for (const [x, y] of [[300, 276], [420, 240], [560, 288], [700, 210], [870, 160]]) c.circle(x, y, 12, C.coral);
    c.rect(180, 420 - 70, 40, 68, C.sky, { opacity: 0.5 }).rect(330, 420 - 120, 40, 118, C.sky, { opacity: 0.5 }).rect(480, 420 - 96, 40, 94, C.sky, { opacity: 0.5 }).rect(630, 420 - 160, 40, 158, C.sky, { opacity: 0.5 }).rect(780, 420 - 200, 40, 198, C.sky, { opacity: 0.5 });
    c.rect(70, 480, 860, 16, C.ochre);
    for (const i of range(6)) c.rect(560 + i * 46, 470, 34, 10, [C.cream, C.coral, C.gold, C.sky, C.leaf, C.cream][i]);
    c.rect(0, 640, 1600, 430, mix(C.sand, C.wood, 0.25));
    for (const i of range(12)) c.line([[800 + (i - 6) * 130, 640], [800 + (i - 6) * 300, 1067]], mix(C.wood, C.sand, 0.3), 4, { opacity: 0.6 });
    c.person(960, 690, 330, { top: C.coral, legs: C.navy, arms: 'one', long: true });
    c.line([[1024, 360], [850, 250]], C.walnut, 7);
    for (const [row, y, s] of [[0, 800, 1.0], [1, 1010, 1.4]]) for (const k of range(4)) {
        const x = 190 + k * 400 + row * 30;
        bust(c, x, y, s * 1.02, { top: c.random.pick([C.teal, C.amber, C.deep, C.plum, C.moss, C.coral]), back: true, long: (k + row) % 2 === 0, hair: (k + row) % 3 ? C.hair : C.walnut });
        if ((k + row * 2) % 4 === 1) c.line([[x + 56 * s, y - 60 * s], [x + 84 * s, y - 130 * s], [x + 74 * s, y - 214 * s]], C.cream, 26 * s).circle(x + 74 * s, y - 228 * s, 17 * s, C.skin);
        c.rect(x - 130 * s, y - 16 * s, 260 * s, 22 * s, C.ochre, { rx: 5 }).rect(x - 118 * s, y + 6 * s, 12 * s, 120 * s, C.slate).rect(x + 106 * s, y + 6 * s, 12 * s, 120 * s, C.slate);
        c.rect(x + 56 * s, y - 26 * s, 60 * s, 11 * s, C.white).rect(x - 110 * s, y - 34 * s, 50 * s, 18 * s, [C.brick, C.sea, C.leaf, C.plum][k]);
    }
}

function corridor(c) {
    const [vx, vy] = [800, 430];
    c.rect(0, 0, 1600, 1067, mix(C.mist, C.white, 0.4));
    c.poly([[0, 0], [1600, 0], [vx + 170, vy - 130], [vx - 170, vy - 130]], mix(C.mist, C.white, 0.75));
    c.poly([[0, 1067], [1600, 1067], [vx + 170, vy + 150], [vx - 170, vy + 150]], [[mix(C.teal, C.mist, 0.6), mix(C.teal, C.mist, 0.78)], 90]);
    c.poly([[0, 0], [vx - 170, vy - 130], [vx - 170, vy + 150], [0, 1067]], mix(C.sky, C.white, 0.5)).poly([[1600, 0], [vx + 170, vy - 130], [vx + 170, vy + 150], [1600, 1067]], mix(C.sky, C.white, 0.38));
    c.rect(vx - 170, vy - 130, 340, 280, [[C.gold, C.cream, C.blush]]).glow(vx, vy, 460, C.cream, 0.9);
    c.rect(vx - 4, vy - 130, 8, 280, C.steel).rect(vx - 170, vy - 10, 340, 6, C.steel, { opacity: 0.6 });
    const wall = (side, k) => [vx + side * (170 + 630 * k), (top, low) => [vy - 130 - (300 * k) + (580 * k + 280 + 0) * top, low]];
    const y = (k, share) => vy - 130 - 300 * k + (280 + 787 * k) * share;
    for (const side of [-1, 1]) {
        for (const [a, b] of [[0.04, 0.14], [0.24, 0.4], [0.56, 0.8]]) {
            const [x1, x2] = [vx + side * (170 + 630 * a), vx + side * (170 + 630 * b)];
            c.poly([[x1, y(a, 0.24)], [x2, y(b, 0.24)], [x2, y(b, 0.985)], [x1, y(a, 0.985)]], side < 0 ? mix(C.teal, C.white, 0.35) : mix(C.wood, C.cream, 0.35));
            const [m1, m2] = [x1 + (x2 - x1) * 0.3, x1 + (x2 - x1) * 0.7];
            const km = (a + b) / 2;
            c.poly([[m1, y(km, 0.34)], [m2, y(km + 0.02, 0.34)], [m2, y(km + 0.02, 0.54)], [m1, y(km, 0.54)]], C.gold, { opacity: 0.8 });
        }
        c.poly([[vx + side * 170, y(0, 0.66)], [vx + side * 800, y(1, 0.66)], [vx + side * 800, y(1, 0.7)], [vx + side * 170, y(0, 0.68)]], C.ochre);
        c.poly([[vx + side * 170, y(0, 0.97)], [vx + side * 800, y(1, 0.96)], [vx + side * 800, y(1, 1)], [vx + side * 170, y(0, 1)]], C.teal);
    }
    for (const k of [0.1, 0.32, 0.66]) c.poly([[vx - 60 - 150 * k, vy - 136 - 300 * k], [vx + 60 + 150 * k, vy - 136 - 300 * k], [vx + 72 + 190 * k, vy - 152 - 370 * k], [vx - 72 - 190 * k, vy - 152 - 370 * k]], C.white).glow(vx, vy - 150 - 330 * k, 200 + 200 * k, C.white, 0.7);
    c.poly([[vx - 60, vy + 150], [vx + 60, vy + 150], [vx + 260, 1067], [vx - 260, 1067]], C.white, { opacity: 0.35 });
    c.person(vx + 60, 660, 190, { top: C.teal, legs: C.teal, back: true });
    c.person(vx - 90, 780, 300, { top: C.cream, legs: C.navy, back: true, long: true });
    c.at(vx + 210, 890, () => {
        c.circle(-50, -60, 62, 'none', { stroke: C.ink, 'stroke-width': 9 }).circle(60, -24, 22, 'none', { stroke: C.ink, 'stroke-width': 8 });
        c.rect(-70, -190, 22, 120, C.slate).rect(-70, -110, 130, 20, C.slate).line([[-64, -190], [-110, -210]], C.slate, 10);
        c.path('M-56 -100q-6 -130 46 -136t50 136Z', C.plum).line([[10, -110], [70, -104], [76, -20]], C.plum, 30).circle(-8, -262, 34, C.skin).path('M-44 -260a36 37 0 0 1 72 -6q-30 -16 -72 6Z', C.silver).line([[-30, -200], [30, -150], [60, -130]], darker(C.plum, 0.2), 20);
    }, 1);
    c.at(vx + 80, 900, () => c.person(0, 0, 350, { top: mix(C.sea, C.white, 0.25), legs: mix(C.sea, C.white, 0.25), arms: 'front', long: true }));
    for (const [x, yy, s] of [[220, 960, 1.15], [1400, 930, 1]]) { c.rect(x - 90 * s, yy - 130 * s, 180 * s, 24 * s, C.coral, { rx: 8 }).rect(x - 84 * s, yy - 250 * s, 168 * s, 100 * s, C.coral, { rx: 12 }).rect(x - 80 * s, yy - 106 * s, 10, 110 * s, C.slate).rect(x + 70 * s, yy - 106 * s, 10, 110 * s, C.slate); }
    c.at(1400, 800, () => bust(c, 0, 0, 1.1, { top: C.amber, hair: C.silver }));
    c.rect(1340, 790, 120, 70, C.navy, { rx: 12 });
}

function lab(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.sky, C.white, 0.35), mix(C.mist, C.white, 0.4)]]);
    c.rect(60, 90, 420, 300, C.white).rect(74, 104, 392, 272, [[C.sky, C.cream]]).rect(262, 104, 14, 272, C.white);
    c.clip('M74 104h392v272h-392Z', () => c.hills(400, 120, mix(C.teal, C.sky, 0.4), 1.6, 0.5));
    for (const r of range(3)) {
        c.rect(620, 180 + r * 120, 900, 12, C.steel);
        for (const k of range(20)) {
            const x = 640 + k * 44;
            const kind = c.random.next();
            const colour = c.random.pick([C.teal, C.amber, C.coral, C.sky, C.leaf, C.plum, C.walnut]);
            if (kind < 0.4) c.rect(x, 120 + r * 120, 28, 60, colour, { rx: 5, opacity: 0.9 }).rect(x + 7, 108 + r * 120, 14, 14, C.slate).rect(x, 142 + r * 120, 28, 16, C.cream);
            else if (kind < 0.7) c.path(`M${x + 8} ${112 + r * 120}h12v24l14 44h-40l14 -44Z`, C.white, { opacity: 0.9 }).path(`M${x + 4} ${152 + r * 120}h20l9 28h-38Z`, colour);
            else if (kind < 0.85) c.rect(x, 146 + r * 120, 34, 34, C.cream).rect(x, 146 + r * 120, 34, 9, colour);
        }
    }
    c.rect(0, 690, 1600, 40, C.white).rect(0, 730, 1600, 340, mix(C.teal, C.slate, 0.35)).rect(0, 726, 1600, 8, C.steel);
    for (const i of range(6)) c.rect(30 + i * 268, 764, 240, 280, mix(C.teal, C.slate, 0.2), { rx: 6 }).rect(120 + i * 268, 790, 60, 9, C.silver, { rx: 4 });
    bust(c, 420, 700, 2.3, { top: C.teal, coat: true, long: true });
    c.at(620, 690, () => {
        c.path('M-90 0h180q10 -40 -40 -44h-100q-46 4 -40 44Z', C.slate).path('M20 -40C110 -70 120 -210 40 -270L14 -240C70 -200 66 -110 0 -84Z', C.slate).rect(-70, -96, 120, 14, C.ink);
        c.at(10, -250, () => c.rect(-26, -110, 52, 190, C.cream, { rx: 8 }).rect(-18, -164, 36, 60, C.ink, { rx: 6 }).rect(-16, 80, 32, 46, C.steel).rect(-10, 120, 20, 30, C.ink), 0.9, -24);
        c.glow(-20, -92, 90, C.gold, 0.8);
    }, 1.15);
    c.line([[500, 560], [590, 600], [640, 660]], C.cream, 52).circle(648, 664, 28, mix(C.sky, C.white, 0.3));
    for (const [x, s, colour, bubbles] of [[900, 1.5, C.coral, 5], [1060, 1.1, C.amber, 4]]) {
        c.path(`M${x - 16 * s} ${690 - 170 * s}h${32 * s}v${60 * s}l${50 * s} ${90 * s}q${6 * s} ${20 * s} ${-16 * s} ${20 * s}h${-100 * s}q${-22 * s} 0 ${-16 * s} ${-20 * s}l${50 * s} ${-90 * s}Z`, C.white, { opacity: 0.75 });
        c.path(`M${x - 40 * s} ${690 - 66 * s}h${80 * s}l${26 * s} ${48 * s}q${4 * s} ${18 * s} ${-16 * s} ${18 * s}h${-100 * s}q${-20 * s} 0 ${-16 * s} ${-18 * s}Z`, colour);
        for (const i of range(bubbles)) c.circle(x + (i - 2) * 14 * s, 690 - (22 + ((i * 17) % 34)) * s, 5 * s, C.white, { opacity: 0.7 });
    }
    c.rect(1160, 664, 300, 26, C.wood, { rx: 5 });
    for (const i of range(8)) c.path(`M${1176 + i * 35} 560h22v108a11 11 0 0 1 -22 0Z`, C.white, { opacity: 0.8 }).path(`M${1176 + i * 35} ${600 + (i * 13) % 40}h22V668a11 11 0 0 1 -22 0Z`, [C.teal, C.amber, C.coral, C.leaf, C.plum, C.teal, C.amber, C.sea][i]);
    c.rect(1160, 610, 300, 16, C.wood, { rx: 5 });
    for (const [x, y, r] of [[150, 690, 60], [256, 694, 46]]) {
        c.oval(x, y - 8, r, 14, C.silver).oval(x, y - 16, r, 14, mix(C.amber, C.cream, 0.5));
        for (const i of range(9)) c.oval(x + (c.random.next() - 0.5) * r * 1.4, y - 16 + (c.random.next() - 0.5) * 14, 6, 3, i % 3 ? C.coral : C.teal);
    }
}

function cleanroom(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.gold, C.cream, 0.4), mix(C.amber, C.cream, 0.45)]]);
    const [vx, vy] = [800, 380];
    for (const i of range(9)) c.line([[vx + (i - 4) * 60, vy - 60], [vx + (i - 4) * 460, -40]], mix(C.amber, C.cream, 0.7), 5);
    for (const [k, y] of [[0.3, 250], [0.6, 160], [1, 40]]) for (const i of range(5)) c.poly([[vx + (i - 2.4) * 400 * k, y], [vx + (i - 1.75) * 400 * k, y], [vx + (i - 1.7) * 440 * k, y - 34 * k], [vx + (i - 2.45) * 440 * k, y - 34 * k]], C.white, { opacity: 0.9 });
    c.poly([[0, 1067], [1600, 1067], [vx + 150, vy + 110], [vx - 150, vy + 110]], mix(C.silver, C.gold, 0.3));
    for (const i of range(13)) c.line([[vx + (i - 6) * 26, vy + 110], [vx + (i - 6) * 300, 1067]], C.white, 3, { opacity: 0.6 });
    for (const i of range(8)) { const y = vy + 110 + i * i * 12; c.line([[0, y], [1600, y]], C.white, 3, { opacity: 0.5 }); }
    c.rect(vx - 150, vy - 70, 300, 180, [[C.cream, C.gold]]).rect(vx - 30, vy - 20, 60, 130, mix(C.silver, C.gold, 0.3));
    for (const side of [-1, 1]) for (const [k, w, h] of [[0.26, 120, 210], [0.5, 180, 330], [0.86, 270, 520]]) {
        const x = vx + side * (150 + 660 * k);
        const [left, bottom] = [side < 0 ? x - w : x, vy + 130 + 470 * k];
        c.rect(left, bottom - h, w, h, mix(C.white, C.gold, 0.2), { rx: 8 }).rect(left, bottom - h, w, h * 0.12, C.sea).rect(left + w * 0.12, bottom - h * 0.8, w * 0.5, h * 0.3, C.navy, { rx: 5 });
        c.stroke(`M${left + w * 0.16} ${bottom - h * 0.58}l${w * 0.1} ${-h * 0.1}l${w * 0.1} ${h * 0.06}l${w * 0.1} ${-h * 0.12}l${w * 0.08} ${h * 0.04}`, C.leaf, 4 + 3 * k);
        for (const i of range(3)) c.circle(left + w * 0.76, bottom - h * (0.76 - i * 0.08), 5 + 6 * k, [C.leaf, C.amber, C.coral][i]);
        c.rect(left + w * 0.12, bottom - h * 0.42, w * 0.76, h * 0.3, mix(C.silver, C.gold, 0.25), { rx: 5 });
        c.rect(left, bottom - 8, w, 10, C.slate, { opacity: 0.3 });
    }
    const suit = (x, y, h, back) => {
        c.person(x, y, h, { top: C.white, legs: mix(C.white, C.silver, 0.4), skin: mix(C.sky, C.white, 0.4), hair: C.white, arms: 'front', back });
        c.circle(x, y - h * 0.93, h * 0.082, C.white);
        if (!back) c.rect(x - h * 0.055, y - h * 0.96, h * 0.11, h * 0.035, C.skin).rect(x - h * 0.055, y - h * 0.925, h * 0.11, h * 0.045, mix(C.sky, C.white, 0.3), { rx: 4 });
        c.rect(x - h * 0.12, y - h * 0.5, h * 0.24, h * 0.012, C.silver);
    };
    suit(690, 640, 210, true);
    suit(930, 700, 250, false);
    suit(500, 1000, 560, false);
    c.at(640, 700, () => {
        c.circle(0, 0, 170, C.slate).circle(0, 0, 162, [[C.teal, C.plum, C.coral, C.gold], 40]);
        c.clip('M-162 0a162 162 0 1 0 324 0a162 162 0 1 0 -324 0Z', () => {
            for (const i of range(13)) c.line([[-170 + i * 28, -170], [-170 + i * 28, 170]], C.white, 2.5, { opacity: 0.55 }).line([[-170, -170 + i * 28], [170, -170 + i * 28]], C.white, 2.5, { opacity: 0.55 });
            c.poly([[-170, 20], [40, -170], [110, -170], [-170, 90]], C.white, { opacity: 0.3 });
        });
        c.poly([[-10, 170], [0, 154], [10, 170]], C.slate);
    });
    c.circle(478, 712, 34, mix(C.sky, C.white, 0.4)).circle(560, 830, 34, mix(C.sky, C.white, 0.4)).line([[430, 640], [440, 720], [478, 716]], C.white, 52).line([[580, 640], [600, 780], [560, 830]], C.white, 52);
}

function board(c, t) {
    c.rect(0, 0, 1600, 1067, [[C.night, C.navy]]);
    const panel = (x, y, w, h) => c.rect(x, y, w, h, darker(C.navy, 0.5), { rx: 8 }).rect(x, y, w, h, 'none', { stroke: C.deep, 'stroke-width': 4, rx: 8 });
    panel(60, 60, 940, 520);
    for (const i of range(6)) c.line([[90, 130 + i * 80], [970, 130 + i * 80]], C.deep, 2);
    let level = 470;
    const mids = [];
    for (const i of range(34)) {
        const open = level;
        level = Math.max(110, Math.min(520, level - c.random.between(-38, 64)));
        const up = level < open;
        const [x, colour] = [100 + i * 26, up ? C.coral : C.teal];
        c.line([[x + 8, Math.min(open, level) - c.random.between(6, 26)], [x + 8, Math.max(open, level) + c.random.between(6, 26)]], colour, 3).rect(x, Math.min(open, level), 17, Math.max(6, Math.abs(open - level)), colour);
        mids.push([x + 8, (open + level) / 2 + 20]);
    }
    c.stroke(curve(mids), C.gold, 5, { opacity: 0.85 });
    panel(1030, 60, 510, 250);
    c.at(1180, 186, () => { for (const [a, b, colour] of [[0, 2.1, C.coral], [2.1, 3.7, C.amber], [3.7, 5, C.teal], [5, 6.28, C.dusk]]) { const p = range(17).map((i) => { const v = a + ((b - a) * i) / 16 - 1.57; return [86 * Math.cos(v), 86 * Math.sin(v)]; }); c.poly([[0, 0], ...p], colour); } c.circle(0, 0, 44, darker(C.navy, 0.5)); });
    for (const i of range(5)) c.rect(1310, 110 + i * 38, 20, 20, [C.coral, C.amber, C.teal, C.dusk, C.sky][i]).rect(1344, 114 + i * 38, 60 + ((i * 47) % 100), 12, C.steel);
    panel(1030, 330, 510, 250);
    for (const i of range(16)) { const h = 30 + ((i * 53) % 150); c.rect(1056 + i * 29, 556 - h, 19, h, i % 3 ? C.coral : C.teal, { opacity: 0.9 }); }
    for (const r of range(2)) for (const k of range(9)) {
        const x = 60 + k * 166;
        c.rect(x, 606 + r * 66, 152, 54, darker(C.navy, 0.5), { rx: 5 });
        const up = c.random.next() < 0.68;
        c.rect(x + 14, 626 + r * 66, 62, 14, C.silver).poly(up ? [[x + 96, 642 + r * 66], [x + 108, 620 + r * 66], [x + 120, 642 + r * 66]] : [[x + 96, 622 + r * 66], [x + 120, 622 + r * 66], [x + 108, 644 + r * 66]], up ? C.coral : C.leaf);
    }
    c.glow(530, 360, 700, C.coral, 0.16);
    c.rect(0, 770, 1600, 300, mix(C.ink, C.navy, 0.5)).rect(0, 766, 1600, 8, C.deep);
    for (const [x, y, h, top, o] of [[260, 1120, 470, C.sea, { back: true, arms: 'hip', hair: C.walnut }], [520, 1140, 440, C.coral, { back: true, long: true, hair: C.walnut }], [1120, 1130, 480, C.steel, { back: true, arms: 'one', hair: C.slate }], [1360, 1150, 440, C.teal, { back: true, hair: C.walnut }]]) c.person(x, y, h, { top, legs: C.night, ...o });
    c.vignette(0.35);
}

function kitchen(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.teal, C.cream, 0.55), mix(C.teal, C.cream, 0.75)]]);
    for (const r of range(8)) for (const k of range(15)) c.rect(k * 110 + (r % 2) * 55 - 60, r * 74, 104, 68, mix(C.white, C.teal, 0.12 + 0.06 * c.random.next()), { opacity: 0.5, rx: 3 });
    c.rect(0, 176, 1600, 14, C.walnut);
    for (const [i, x] of range(9).map((k) => [k, 90 + k * 175]).entries()) {
        const at = 90 + i * 175;
        c.line([[at, 184], [at, 212]], C.ink, 5);
        if (i % 3 === 0) c.circle(at, 268, 58, C.slate).circle(at, 268, 46, C.steel).rect(at - 6, 206, 12, 20, C.ink);
        else if (i % 3 === 1) c.path(`M${at - 44} 232h88v60q0 34 -44 34t-44 -34Z`, C.ochre).rect(at - 50, 226, 100, 12, darker(C.ochre, 0.2));
        else c.line([[at, 212], [at, 300]], C.silver, 8).oval(at, 322, 26, 30, C.silver);
    }
    c.rect(0, 730, 1600, 40, C.silver).rect(0, 764, 1600, 303, mix(C.slate, C.steel, 0.3));
    c.rect(930, 640, 420, 92, C.ink, { rx: 8 });
    for (const x of [1030, 1250]) { c.oval(x, 640, 74, 14, C.slate); for (const i of range(7)) c.path(`M${x - 54 + i * 18} 638q-8 -22 4 -36q12 14 4 36Z`, i % 2 ? C.amber : C.coral); }
    c.path('M930 598H1130L1110 636H950Z', C.ink).line([[1130, 606], [1260, 570]], C.walnut, 16);
    for (const i of range(7)) c.stroke(`M${960 + i * 26} 590q-34 -70 6 -130t-6 -130`, C.white, 24, { opacity: (0.1 + 0.05 * (i % 3)).toFixed(2) });
    for (const [x, y, r] of [[1000, 540, 13], [1040, 500, 10], [1076, 552, 12], [1020, 470, 8]]) c.oval(x, y, r * 1.4, r, C.coral);
    bust(c, 780, 740, 2.6, { top: C.cream });
    c.path('M704 316V236q-46 -20 -30 -66t62 -34q44 -34 88 0t62 34t-30 66v80Z', C.white).rect(700, 292, 160, 40, C.cream, { rx: 6 });
    c.circle(752, 384, 8, C.ink).circle(808, 384, 8, C.ink).stroke('M752 424q28 20 56 0', C.brick, 7);
    c.rect(730, 478, 100, 20, C.coral).poly([[736, 496], [824, 496], [790, 556], [770, 556]], C.coral);
    for (const y of [560, 620, 680]) c.circle(740, y, 7, C.steel).circle(820, y, 7, C.steel);
    c.line([[900, 560], [1000, 640], [1120, 606]], C.cream, 60).circle(1124, 602, 32, C.skin);
    c.rect(120, 706, 460, 34, C.wood, { rx: 8 });
    for (const [x, y, s, colour] of [[240, 690, 1.2, C.steel], [420, 700, 1, C.coral]]) c.at(x, y, () => {
        c.path('M-100 0C-60 -46 40 -46 92 -6L132 -34V34L92 6C40 46 -60 46 -100 0Z', colour).path('M-100 0C-60 20 40 22 92 6C40 46 -60 46 -100 0Z', lighter(colour, 0.45)).circle(-66, -8, 7, C.ink).stroke('M-40 -26q16 24 0 50', darker(colour, 0.25), 5);
        for (const i of range(4)) c.stroke(`M${-10 + i * 22} -18q10 12 0 26`, darker(colour, 0.18), 4);
    }, s);
    for (const [x, y, r, colour] of [[120, 650, 34, C.amber], [176, 662, 28, C.coral], [80, 674, 26, C.leaf]]) c.circle(x, y + 20, r, colour);
    c.line([[520, 700], [640, 690]], C.silver, 16).line([[640, 690], [700, 684]], C.walnut, 20);
    for (const i of range(5)) {
        const x = 140 + i * 320;
        c.oval(x, 880, 130, 34, C.cream).oval(x, 874, 96, 22, lighter(C.sky, 0.5)).path(`M${x - 50} 872q50 -44 100 0q-50 26 -100 0Z`, [C.coral, C.steel, C.amber, C.coral, C.steel][i]);
        for (const k of range(6)) c.circle(x - 46 + k * 18, 864 + (k % 2) * 12, 7, k % 2 ? C.leaf : C.moss);
    }
    for (const x of [400, 1200]) c.line([[x, 0], [x, 50]], C.ink, 5).path(`M${x - 70} 110Q${x - 60} 46 ${x} 46T${x + 70} 110Z`, C.amber).glow(x, 120, 240, C.gold, 0.55);
}

function bookshop(c) {
    c.rect(0, 0, 1600, 1067, [[darker(C.wood, 0.35), darker(C.walnut, 0.2)]]);
    const colours = [C.coral, C.amber, C.teal, C.cream, C.sea, C.brick, C.moss, C.plum, C.sand, C.slate];
    for (const [x, w] of [[30, 470], [1100, 470]]) {
        c.rect(x - 14, 50, w + 28, 900, C.walnut);
        for (const r of range(6)) c.rect(x, 66 + r * 146, w, 132, darker(C.walnut, 0.45)).books(x + 8, 198 + r * 146, w * (0.7 + 0.3 * ((r * 0.37) % 1)) - 16, 120, colours).rect(x - 4, 196 + r * 146, w + 8, 14, C.ochre);
    }
    c.rect(530, 120, 540, 560, C.walnut).rect(546, 136, 508, 528, [[C.deep, C.dusk, C.rose]]);
    c.clip('M546 136h508v528h-508Z', () => {
        c.skyline(560, 60, 190, mix(C.plum, C.navy, 0.5), { lit: 0.4, from: 540, to: 1060, wide: [40, 80] });
        c.water(560, [C.dusk, C.navy], C.gold, 30, 0, 664).circle(930, 230, 34, C.cream).glow(930, 230, 130, C.cream, 0.6);
        c.rain(60, C.white, 0.4, -0.15);
    });
    c.rect(794, 136, 12, 528, C.walnut).rect(546, 330, 508, 10, C.walnut);
    c.rect(0, 860, 1600, 207, darker(C.clay, 0.25));
    for (const i of range(11)) c.line([[800 + (i - 5) * 170, 860], [800 + (i - 5) * 330, 1067]], darker(C.clay, 0.45), 4);
    c.oval(800, 980, 560, 74, mix(C.wine, C.clay, 0.2)).oval(800, 980, 470, 58, 'none', { stroke: C.amber, 'stroke-width': 5 });
    c.path('M560 900V700q0 -60 70 -60h130q60 0 60 60V900Z', C.teal).rect(536, 740, 60, 170, lighter(C.teal, 0.1), { rx: 26 }).rect(780, 740, 60, 170, lighter(C.teal, 0.1), { rx: 26 }).rect(590, 800, 200, 90, lighter(C.teal, 0.18), { rx: 14 });
    c.line([[650, 800], [640, 880], [720, 960]], C.navy, 44).line([[730, 800], [760, 880], [800, 960]], C.ink, 44);
    bust(c, 690, 820, 1.3, { top: C.cream, long: true });
    c.path('M612 760Q650 730 690 764Q730 730 768 760V820Q730 796 690 826Q650 796 612 820Z', C.coral).path('M620 762Q654 738 690 770Q726 738 760 762V806Q726 788 690 814Q654 788 620 806Z', C.paper).circle(622, 800, 17, C.skin).circle(760, 800, 17, C.skin);
    c.line([[980, 900], [980, 560]], C.ink, 10).path('M910 560L940 470H1020L1050 560Z', C.gold).glow(980, 590, 360, C.gold, 0.7).oval(980, 904, 56, 12, C.ink);
    c.rect(1040, 800, 220, 14, C.ochre).rect(1056, 814, 12, 110, C.walnut).rect(1232, 814, 12, 110, C.walnut);
    for (const i of range(4)) c.rect(1060 + (i % 2) * 8, 786 - i * 16, 130, 15, [C.brick, C.sea, C.amber, C.cream][i]);
    c.path('M1206 770h36v26q0 8 -18 8t-18 -8Z', C.cream).stroke('M1214 764q-8 -18 0 -30', C.white, 5, { opacity: 0.5 });
    c.at(900, 950, () => { c.oval(0, 0, 60, 26, C.amber).circle(-54, -16, 22, C.amber).poly([[-70, -30], [-66, -52], [-54, -36]], C.amber).poly([[-52, -36], [-42, -52], [-38, -28]], C.amber).stroke('M56 4q40 -10 20 -50', C.amber, 12).stroke('M-20 -22q4 14 0 30M4 -24q4 14 0 32', C.ochre, 6); });
    c.person(1000, 860, 330, { top: C.plum, legs: C.navy, back: true, arms: 'one' });
    c.line([[1360, 950], [1430, 300]], C.ochre, 12).line([[1450, 950], [1490, 300]], C.ochre, 12);
    for (const i of range(8)) c.line([[1368 + i * 8, 880 - i * 76], [1452 + i * 5, 880 - i * 76]], C.ochre, 9);
    for (const x of [270, 800, 1330]) c.line([[x, 0], [x, 40]], C.ink, 5).circle(x, 62, 26, C.gold).glow(x, 66, 240, C.gold, 0.55);
    c.vignette(0.35);
}

function call(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.plum, C.navy, 0.6), C.navy, C.night], 60]);
    for (const k of range(6)) c.circle(1110, 520, 200 + k * 110, 'none', { stroke: C.coral, 'stroke-width': 7, opacity: (0.32 - k * 0.05).toFixed(2) });
    c.at(1110, 520, () => {
        c.path('M-120 250C-130 90 -70 60 0 56C70 60 130 90 120 250Z', C.night).circle(0, -30, 96, C.night).path('M-110 -20C-110 -150 110 -150 110 -20C110 40 84 92 58 108C70 30 60 -36 0 -40C-60 -36 -70 30 -58 108C-84 92 -110 40 -110 -20Z', C.ink);
        c.oval(0, 0, 58, 66, C.night).glow(0, 0, 240, C.coral, 0.25);
        for (const i of range(15)) { const h = 14 + 66 * Math.abs(Math.sin(i * 1.7)); c.rect(-112 + i * 15.4, 180 - h / 2, 8, h, C.coral, { rx: 4 }); }
    }, 1.25);
    c.path('M0 1067V760C60 640 190 600 300 600C420 610 520 680 560 820L580 1067Z', C.teal);
    c.rect(230, 520, 130, 120, darker(C.skin, 0.15)).circle(290, 420, 150, C.skin).path('M136 430C120 260 250 226 320 240C420 250 460 330 440 430C410 360 350 330 280 336C210 340 180 380 170 450C166 480 140 470 136 430Z', C.silver).circle(196, 470, 30, C.silver);
    c.stroke('M356 420q28 -12 50 2', C.hair, 9).stroke('M350 396q30 -20 60 -2', C.silver, 9).circle(386, 432, 10, C.ink).stroke('M376 512q26 -14 50 4', C.brick, 9).path('M436 430q26 30 4 46q-16 4 -24 -4Z', darker(C.skin, 0.1));
    c.line([[540, 960], [470, 760], [300, 560]], darker(C.teal, 0.12), 110).circle(262, 510, 56, C.skin);
    c.at(252, 470, () => c.rect(-44, -120, 88, 190, C.ink, { rx: 16 }).rect(-36, -108, 72, 160, C.sea, { rx: 8 }), 1, -18);
    for (const i of range(4)) c.oval(292 + i * 2, 466 + i * 30, 30, 13, darker(C.skin, 0.06));
    for (const i of range(24)) { const k = i / 23; c.circle(470 + k * 440, 470 - 110 * Math.sin(k * 3.14), 5 + 3 * Math.sin(i), C.coral, { opacity: (0.25 + 0.7 * k).toFixed(2) }); }
    c.rect(640, 900, 420, 28, C.walnut).rect(0, 920, 1600, 150, darker(C.walnut, 0.3));
    c.rect(760, 812, 240, 100, C.cream, { rx: 6 }).rect(782, 834, 120, 12, C.slate).rect(782, 858, 170, 9, C.steel).rect(782, 876, 140, 9, C.steel).rect(930, 830, 50, 34, C.amber, { rx: 4 });
    for (const [x, y] of [[660, 900], [690, 892]]) c.oval(x, y, 32, 10, C.amber).oval(x, y - 9, 32, 10, C.gold).oval(x, y - 18, 32, 10, C.amber);
    c.vignette(0.4);
}

function lampRoom(c) {
    c.rect(0, 0, 1600, 1067, [[darker(C.walnut, 0.3), C.ink]]);
    c.circle(800, 400, 350, C.night).circle(800, 400, 330, [[C.night, C.navy, C.slate]]);
    c.clip('M470 400a330 330 0 1 0 660 0a330 330 0 1 0 -660 0Z', () => { c.cloud(440, 260, 420, C.slate, 0.6).cloud(800, 220, 420, C.slate, 0.5); c.rect(440, 500, 720, 240, darker(C.sea, 0.35)); for (const [y, s] of [[520, 22], [580, 34], [660, 46]]) { const crest = range(20).map((i) => [440 + i * 40, y - s * Math.abs(Math.sin(i * 0.8 + y))]); c.stroke(curve(crest), C.foam, 5, { opacity: 0.6 }); } c.poly([[800, 400], [440, 260], [440, 420]], C.gold, { opacity: 0.25 }).path('M900 510h110l-20 26h-76Z', C.ink).rect(930, 484, 36, 26, C.slate).circle(948, 496, 4, C.gold).glow(948, 496, 40, C.gold, 0.8); c.rain(70, C.white, 0.35, 0.3); });
    c.circle(800, 400, 340, 'none', { stroke: C.ochre, 'stroke-width': 26 }).line([[800, 66], [800, 734]], C.ochre, 11).line([[466, 400], [1134, 400]], C.ochre, 11);
    for (const i of range(16)) { const a = (i / 16) * 6.28; c.circle(800 + 340 * Math.cos(a), 400 + 340 * Math.sin(a), 9, C.walnut); }
    for (const [x, w] of [[90, 290], [1220, 290]]) { c.rect(x, 120, w, 16, C.wood).rect(x, 330, w, 16, C.wood); c.books(x + 10, 120, w * 0.6, 90, [C.brick, C.sea, C.sand, C.moss]).books(x + 10, 330, w * 0.7, 110, [C.wine, C.cream, C.slate, C.ochre]); }
    c.at(1420, 300, () => c.rect(-34, -60, 68, 90, C.ochre, { rx: 8 }).rect(-24, -50, 48, 60, C.gold).glow(0, -20, 160, C.gold, 0.5).stroke('M-20 -60q20 -44 40 0', C.ochre, 6));
    c.rect(0, 830, 1600, 240, [[C.wood, C.walnut]]).rect(0, 824, 1600, 14, C.ochre);
    c.oval(820, 900, 480, 60, C.gold, { opacity: 0.2 });
    c.path('M520 940L560 850H800L800 950Z', C.cream).path('M1090 940L1050 850H800L800 950Z', C.paper).line([[800, 850], [800, 950]], C.sand, 5);
    for (const i of range(5)) c.line([[580 + i * 2 - i * 8, 868 + i * 16], [770, 868 + i * 16]], C.slate, 3.5).line([[830, 868 + i * 16], [980 + (i * 37) % 60, 868 + i * 16]], C.slate, 3.5);
    c.line([[960, 900], [1060, 830]], C.ink, 9).poly([[948, 910], [962, 894], [968, 906]], C.gold);
    c.at(300, 900, () => { c.oval(0, 20, 120, 20, C.ink).rect(-12, -180, 24, 200, C.ochre).path('M-120 -170Q-100 -290 0 -290T120 -170Z', C.pine).rect(-120, -176, 240, 14, C.ochre).glow(0, -150, 420, C.gold, 0.85); });
    c.at(1300, 900, () => { c.path('M-70 -80H70l-14 100H-56Z', C.cream).oval(0, -80, 70, 15, C.paper).oval(0, -80, 56, 10, C.walnut).stroke('M66 -60q60 6 36 60t-50 8', C.cream, 14).stroke('M-18 -106q-20 -40 6 -76M18 -106q-20 -40 6 -76', C.white, 9, { opacity: 0.35 }); });
    c.at(1110, 810, () => { c.oval(0, 0, 90, 44, C.slate).circle(-74, -28, 34, C.slate).poly([[-102, -48], [-98, -82], [-78, -58]], C.slate).poly([[-70, -58], [-56, -84], [-48, -50]], C.slate).stroke('M80 10q60 0 40 -60', C.slate, 15).circle(-84, -30, 4, C.gold).circle(-64, -30, 4, C.gold).stroke('M-10 -38q6 20 0 44M20 -36q6 20 0 44', darker(C.slate, 0.3), 7); });
    c.vignette(0.45);
}

export const scenes = [
    ['courtroom', '3:2', court], ['classroom', '3:2', classroom], ['hospital-corridor', '3:2', corridor], ['laboratory', '3:2', lab], ['cleanroom', '3:2', cleanroom],
    ['market-board', '3:2', board], ['fish-kitchen', '3:2', kitchen], ['bookshop', '3:2', bookshop], ['voice-on-phone', '3:2', call], ['lamp-room', '3:2', lampRoom],
];
