import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

const address = 'http://192.168.178.22:3000/j/48210937';

/** The dark modules that a path covers, as `x,y`. */
function modulesOf(path: string): string[] {
	return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].flatMap(([, x, y, length]) =>
		Array.from({ length: Number(length) }, (_, step) => `${String(Number(x) + step)},${String(y)}`),
	);
}

test('the path draws every dark module once and nothing else', () => {
	const { data } = encode(address, { ecc: 'M', border: 4 });
	const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${String(x)},${String(y)}`] : [])));
	expect(modulesOf(qrPath(address).path)).toEqual(dark);
});

test('four modules stay light on every side', () => {
	const { side, path } = qrPath(address);
	const places = modulesOf(path).flatMap((place) => place.split(',').map(Number));
	expect(Math.min(...places)).toBe(4);
	expect(Math.max(...places)).toBe(side - 5);
});
