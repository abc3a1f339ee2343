import { encode } from 'uqr';

export interface QrPath {
	/** Modules per side, the quiet zone included: the side of the view box. */
	readonly side: number;
	/** The dark modules as one SVG path, a rectangle for each run in a row. */
	readonly path: string;
}

/** ISO/IEC 18004 asks for four light modules on every side; without them scanners fail on busy or dark grounds. */
const quietZone = 4;

/** A QR code as an SVG path. Error correction M (15 %) survives a projector's washed-out corner and keeps the modules large. */
export function qrPath(text: string): QrPath {
	const { data, size } = encode(text, { ecc: 'M', border: quietZone });
	return {
		side: size,
		path: data
			.map((row, y) =>
				runs(row)
					.map((run) => rectangle(run, y))
					.join(''),
			)
			.join(''),
	};
}

interface Run {
	readonly start: number;
	readonly length: number;
}

function runs(row: readonly boolean[]): Run[] {
	const found: Run[] = [];
	row.forEach((dark, x) => {
		const last = found.at(-1);
		if (!dark) return;
		if (last !== undefined && last.start + last.length === x)
			found[found.length - 1] = { ...last, length: last.length + 1 };
		else found.push({ start: x, length: 1 });
	});
	return found;
}

function rectangle({ start, length }: Run, y: number): string {
	return `M${String(start)} ${String(y)}h${String(length)}v1h-${String(length)}z`;
}
