/* sky.mjs - what is seen by looking up, and by looking down from up there. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/* Taiwan's outline, good to some 5 km, in units of a box 100 wide and 200 high. */
const TAIWAN = [[62, 0], [78, 8], [92, 22], [84, 38], [82, 60], [76, 84], [68, 110], [58, 134], [48, 152], [44, 174], [42, 196], [36, 184],
    [28, 164], [14, 146], [8, 120], [10, 98], [18, 76], [28, 54], [38, 34], [50, 14], [62, 0]];

function typhoon(c, t) {
    c.rect(0, 0, 1600, 900, [[C.navy, C.deep, mix(C.deep, C.sea, 0.6)], 40]);
    for (const i of range(9)) {
        c.line([[0, 60 + i * 100], [1600, 60 + i * 100]], C.steel, 1.5, { opacity: 0.22 });
        c.line([[80 + i * 190, 0], [80 + i * 190, 900]], C.steel, 1.5, { opacity: 0.22 });
    }
    const place = ([x, y]) => [330 + x * 2.5, 210 + y * 2.5];
    c.path(`${curve(range(14).map((i) => [240 - i * 22 - 40 * Math.sin(i), -20 + i * 72]))}L0 920L0 0Z`, mix(C.pine, C.deep, 0.35));
    c.path(`M820 -10C900 30 960 20 1040 -10Z`, mix(C.pine, C.deep, 0.35)).path('M430 900C460 850 520 850 560 900Z', mix(C.pine, C.deep, 0.35));
    c.path(curve(TAIWAN.map(place), true), C.leaf).path(curve(TAIWAN.slice(2, 11).map(place).concat([place([52, 120]), place([66, 60])]), true), C.moss);
    const [x, y] = [980, 500];
    for (const [r, o] of [[430, 0.1], [300, 0.14]]) c.circle(x, y, r, C.amber, { opacity: o }).circle(x, y, r, 'none', { stroke: C.amber, 'stroke-width': 3, 'stroke-dasharray': '12 12' });
    for (const arm of range(5)) {
        const base = (arm / 5) * 6.28 - t * 6.28 / 5;
        for (const layer of range(3)) {
            const points = range(26).map((i) => {
                const r = 34 + i * (14.5 - layer * 2.2);
                const a = base + layer * 0.2 - i * 0.135;
                return [x + r * Math.cos(a), y + r * 0.86 * Math.sin(a)];
            });
            c.stroke(curve(points), C.white, 52 - layer * 13, { opacity: [0.16, 0.3, 0.5][layer], 'stroke-linejoin': 'round' });
        }
    }
    for (const r of [150, 110, 74]) c.oval(x, y, r, r * 0.9, C.white, { opacity: 0.4 });
    c.oval(x, y, 26, 23, C.deep).oval(x, y, 26, 23, 'none', { stroke: C.steel, 'stroke-width': 5 });
    const track = [[1540, 830], [1380, 740], [1200, 620], [980, 500], [850, 340], [800, 190], [840, 60]];
    c.stroke(curve(track), C.coral, 6, { 'stroke-dasharray': '4 18' });
    for (const [px, py] of track) c.circle(px, py, 11, C.coral).circle(px, py, 5, C.cream);
}

function earth(c, t) {
    c.sky([C.night, mix(C.night, C.navy, 0.7)]).stars(190, 900);
    c.glow(1600, 60, 700, C.gold, 0.6);
    const [x, y, r] = [760, 1560, 1180];
    c.glow(x, y, r * 1.12, C.sky, 0.95).circle(x, y, r + 12, C.sky, { opacity: 0.5 }).circle(x, y, r, [[C.sky, C.sea, C.deep], 90]);
    c.clip(`M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0Z`, () => c.at(x, y, () => {
        for (const [a, d, w, h, colour] of [[-100, 1050, 330, 150, C.moss], [-78, 960, 150, 210, C.leaf], [-60, 1080, 220, 90, C.straw], [-122, 960, 200, 120, C.leaf], [-88, 1130, 110, 46, C.moss], [-48, 980, 180, 120, C.moss]]) {
            const p = range(16).map((i) => {
                const k = c.random.between(0.6, 1.15);
                return [w * 0.6 * k * Math.cos(i * 0.393), h * 0.6 * k * Math.sin(i * 0.393)];
            });
            c.at(d * Math.cos((a * Math.PI) / 180), d * Math.sin((a * Math.PI) / 180), () => c.path(curve([...p, p[0]], true), colour, { opacity: 0.9 }), 1, a + 90);
        }
        for (const i of range(30)) {
            const a = -2.5 + i * 0.062;
            const d = c.random.between(840, 1165);
            c.at(d * Math.cos(a), d * Math.sin(a), () => c.cloud(-70, 0, c.random.between(70, 230), C.white, 0.5), 1, (a * 180) / Math.PI + 90);
        }
    }, 1, -6 + t * 12));
    c.circle(x, y, r, [[['#101a2b', 0.85], ['#101a2b', 0.25], ['#101a2b', 0]], 0]);
    c.at(1130 - t * 60, 300 + t * 18, () => station(c), 0.9, -16 + t * 3);
}

function station(c) {
    for (const side of [-1, 1]) for (const k of range(2)) {
        const left = side < 0 ? -330 + k * 130 : 90 + k * 130;
        c.rect(left, -74, 120, 148, [[C.deep, C.sea], 30]);
        for (const i of range(4)) c.line([[left + i * 30 + 15, -74], [left + i * 30 + 15, 74]], C.sky, 2, { opacity: 0.5 });
        for (const i of range(3)) c.line([[left, -37 + i * 37], [left + 120, -37 + i * 37]], C.sky, 2, { opacity: 0.5 });
        c.rect(left, -74, 120, 148, 'none', { stroke: C.silver, 'stroke-width': 4 });
    }
    c.rect(-100, -8, 200, 16, C.steel).rect(-52, -86, 104, 172, [[C.amber, C.ochre], 0], { rx: 10 }).rect(-52, -30, 104, 14, C.walnut, { opacity: 0.4 });
    c.rect(-30, -126, 60, 42, C.silver).path('M-70 128C-60 92 60 92 70 128Q0 152 -70 128Z', C.cream).line([[0, 86], [0, 150]], C.silver, 6).circle(0, 152, 8, C.coral);
}

function satellite(c) {
    c.rect(0, 0, 1600, 1067, [[C.night, C.navy, C.plum], 60]).stars(230, 1067);
    c.glow(140, 120, 520, C.gold, 0.8).circle(140, 120, 60, C.cream);
    c.glow(1300, 1400, 900, C.teal, 0.9).circle(1300, 1400, 690, [[C.sky, C.sea, C.deep], 60]);
    c.clip('M610 1400a690 690 0 1 1 1380 0Z', () => {
        for (const i of range(12)) c.cloud(700 + c.random.next() * 900, 800 + c.random.next() * 280, c.random.between(120, 360), C.white, 0.5);
        c.path('M980 900C1060 850 1180 890 1170 960C1240 980 1200 1067 1060 1067C960 1010 930 950 980 900Z', C.moss);
    });
    c.poly([[740, 560], [1010, 1067], [1270, 900]], C.gold, { opacity: 0.13 });
    c.stroke('M-20 860Q700 240 1640 200', C.steel, 3, { 'stroke-dasharray': '4 16', opacity: 0.7 });
    c.at(700, 480, () => station(c), 1.45, -24);
}

function meteors(c) {
    c.sky([C.night, C.navy, mix(C.plum, C.deep, 0.5), mix(C.dusk, C.rose, 0.4)], 860);
    for (const i of range(420)) {
        const along = c.random.next();
        const off = (c.random.next() + c.random.next() - 1) * 170;
        c.circle(260 + along * 1100 + off * 0.7, 780 - along * 860 + off, c.random.between(0.7, 2.4), C.cream, { opacity: c.random.between(0.2, 0.8).toFixed(2) });
    }
    c.stars(160, 700);
    for (const [x, y, l, w] of [[1180, 180, 330, 6], [620, 150, 210, 4], [930, 380, 260, 5], [380, 320, 170, 3.5], [1380, 420, 190, 4], [760, 60, 130, 3]]) {
        c.poly([[x, y - w / 2], [x + l, y - l * 0.42], [x, y + w / 2]], [[[C.cream, 1], [C.cream, 0]], -20]).circle(x, y, w * 0.8, C.white);
        c.glow(x, y, w * 7, C.cream, 0.7);
    }
    c.hills(880, 190, mix(C.plum, C.navy, 0.3), 1.5, 0.5);
    c.hills(950, 130, mix(C.navy, C.night, 0.4), 2.2, 0.5);
    c.hills(1010, 50, C.night, 1.2, 0.3);
    for (const [x, h] of [[70, 250], [150, 320], [230, 210], [1440, 300], [1530, 230], [1370, 190]]) c.conifer(x, 1040, h, C.night);
    c.at(760, 968, () => {
        c.poly([[-70, 20], [0, -90], [90, 20]], C.amber).poly([[0, -90], [90, 20], [40, 20]], C.ochre).poly([[-16, 20], [0, -60], [20, 20]], C.walnut).glow(0, -10, 160, C.gold, 0.5);
    });
    c.person(950, 992, 112, { top: C.coral, legs: C.night, arms: 'one', back: true }).person(1010, 992, 84, { top: C.teal, legs: C.night, back: true, long: true });
    c.line([[600, 980], [624, 900], [650, 980]], C.night, 5).line([[590, 860], [656, 906]], C.silver, 15);
}

export const scenes = [
    ['typhoon-map', '16:9', typhoon], ['earth-orbit', '16:9', earth], ['satellite', '3:2', satellite], ['meteor-shower', '3:2', meteors],
];
