/* storm.mjs - what a typhoon does to a coast, and who mends it. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/** A digger on tracks: its middle stands at x, y; side -1 digs to the left. */
export function digger(c, x, y, s, colour, side = 1, lift = 0) {
    c.at(x, y, () => c.group({ transform: `scale(${side} 1)` }, () => {
        c.rect(-92, -40, 176, 42, C.ink, { rx: 21 });
        for (const i of range(5)) c.circle(-68 + i * 33, -19, 12, C.slate);
        c.rect(-84, -100, 150, 58, colour, { rx: 8 }).rect(-84, -62, 150, 14, darker(colour, 0.25)).path('M0 -100V-176H58L72 -100Z', C.cream).path('M10 -108V-166H52L62 -108Z', C.deep);
        c.circle(34, -140, 11, C.skin).path('M20 -110q2 -18 15 -18t15 18Z', C.coral).path('M22 -142a12 12 0 0 1 25 0Z', C.gold);
        c.line([[60, -90], [150, -210 - lift], [236, -150 - lift]], colour, 24).line([[80, -96], [146, -196 - lift]], darker(colour, 0.3), 8).line([[236, -150 - lift], [262, -60 - lift]], darker(colour, 0.12), 17);
        c.path(`M232 ${-66 - lift}q66 -14 64 34q-4 34 -60 22q-22 -30 -4 -56Z`, C.slate);
        c.circle(150, -210 - lift, 11, C.ink).circle(236, -150 - lift, 10, C.ink);
    }), s);
}

function stones(c, count, place, small, large, colours) {
    for (let i = 0; i < count; i++) {
        const [x, y] = place();
        const r = c.random.between(small, large);
        const points = range(7).map((k) => {
            const reach = r * c.random.between(0.72, 1.1);
            return [x + reach * Math.cos((k / 7) * 6.28), y + reach * 0.78 * Math.sin((k / 7) * 6.28)];
        });
        const colour = c.random.pick(colours);
        c.poly(points, colour).poly([points[4], points[5], points[6], points[0], [x, y]], lighter(colour, 0.16));
    }
}

function landslide(c, t) {
    c.sky([C.slate, C.steel, C.mist], 600).cloud(60, 170, 560, C.silver, 0.5).cloud(760, 120, 620, C.mist, 0.6);
    c.water(520, [mix(C.teal, C.steel, 0.4), C.sea, C.deep], C.foam, 60, t);
    c.path('M1600 40C1460 90 1400 220 1320 300C1200 420 1080 430 980 560C900 660 760 700 560 800C360 900 160 960 0 1000V1067H1600Z', mix(C.pine, C.steel, 0.15));
    c.path('M1600 200C1500 260 1440 380 1330 470C1200 560 1130 590 1060 700L1600 800Z', C.pine);
    for (const i of range(46)) {
        const k = c.random.next();
        c.tree(1010 + k * 580 + c.random.between(-20, 20), 640 - k * 420 + c.random.between(-20, 90), c.random.between(46, 92), mix(C.moss, C.pine, c.random.next()));
    }
    c.path('M1130 330C1160 270 1230 230 1270 196C1330 170 1400 200 1420 260C1450 340 1410 470 1370 560C1330 650 1290 760 1270 960H640C720 830 900 740 990 640C1060 560 1100 420 1130 330Z', C.clay);
    c.path('M1180 340C1220 290 1290 240 1330 260C1380 300 1330 460 1280 570C1230 680 1180 780 1150 940H800C870 820 1010 750 1080 650C1130 570 1150 420 1180 340Z', lighter(C.clay, 0.18));
    c.stroke('M1124 336C1160 268 1230 228 1272 192C1334 164 1404 196 1424 256', darker(C.pine, 0.2), 16);
    for (const [x, y, turn] of [[1150, 300, -28], [1290, 190, 18], [1410, 230, 40]]) c.at(x, y, () => c.tree(0, 0, 90, C.moss), 1, turn);
    for (const [x, y, turn] of [[1060, 720, 74], [1210, 820, 104], [960, 810, 62]]) c.at(x, y, () => c.line([[0, 0], [0, -120]], C.walnut, 11).tree(0, -30, 110, C.moss), 0.9, turn);
    for (const i of range(9)) c.stroke(`M${1190 + i * 20} ${330 + i * 4}C${1200 + i * 14} ${470 + i * 8} ${1010 + i * 26} ${640 + i * 8} ${850 + i * 40} 900`, darker(C.clay, 0.2), 4, { opacity: 0.45 });
    c.path('M0 940C300 900 520 850 760 830H1600V1067H0Z', C.slate).path('M0 930C300 890 520 840 760 822', 'none', { stroke: C.silver, 'stroke-width': 12 });
    for (const i of range(6)) c.rect(20 + i * 118, 890 - i * 16, 14, 52, C.cream).rect(20 + i * 118, 890 - i * 16, 14, 15, C.coral);
    c.path('M0 1010C240 970 420 940 640 920', 'none', { stroke: C.gold, 'stroke-width': 8, 'stroke-dasharray': '60 40' });
    stones(c, 60, () => { const k = c.random.next(); return [720 + k * 560 + c.random.between(-50, 60), 930 + c.random.between(-70, 60) - Math.sin(k * 3.1) * 60]; }, 12, 46, [C.clay, darker(C.clay, 0.2), C.slate, C.steel]);
    stones(c, 5, () => [c.random.between(840, 1200), c.random.between(930, 1000)], 60, 92, [C.steel, C.slate]);
    const lift = 24 * Math.sin(t * 6.28);
    digger(c, 560, 966, 1.15, C.amber, 1, lift);
    digger(c, 1430, 930, 0.9, C.ochre, -1, -lift);
    for (const [x, y, h, arms] of [[300, 1010, 128, 'one'], [240, 1020, 130, 'hip']]) {
        c.person(x, y, h, { top: C.coral, legs: C.navy, arms, back: true });
        c.path(`M${x - 16} ${y - h * 0.93}a16 15 0 0 1 32 0Z`, C.gold).rect(x - 18, y - h * 0.66, 36, 7, C.gold);
    }
    c.rain(90, C.foam, 0.35, -0.2, t);
}

export const scenes = [['landslide-road', '3:2', landslide]];
