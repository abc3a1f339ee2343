import type { NoteColour } from '#lib/domain/idea.ts';

/**
 * Where the parts of the lineage picture stand: notes lie in piles above their groups, and from each pile a river runs down
 * through group, table and evening to the project. A river is as wide as it has notes; on the way down they come together.
 * All measures are in pixels of the picture, which is `width` wide.
 */
export type LineageLayout = {
	readonly noteSize: number;
	readonly notes: readonly { readonly x: number; readonly y: number; readonly colour: NoteColour }[];
	readonly rivers: readonly { readonly path: string; readonly colour: NoteColour }[];
	readonly bars: readonly {
		readonly level: LineageLevel;
		readonly x: number;
		readonly y: number;
		readonly width: number;
	}[];
};

export const lineageLevels = ['group', 'table', 'evening', 'project'] as const;
export type LineageLevel = (typeof lineageLevels)[number];

/** The colours of the notes that lie together. */
export type LineagePile = { readonly isGroup: boolean; readonly colours: readonly NoteColour[] };

/** What comes from one board: a table's, or the whole room's. Its piles are its groups, and the notes that lie in none. */
export type LineageBoard = { readonly isTable: boolean; readonly piles: readonly LineagePile[] };

export type LineageSpace = {
	readonly width: number;
	/** Down to here the notes are piled. */
	readonly notesEnd: number;
	/** The height at which each level is marked; at the last one the rivers end. */
	readonly levels: Readonly<Record<LineageLevel, number>>;
};

/** How wide the rivers are at each level, and the gaps between them, in shares of their width at the top and in pixels. */
const shape: Readonly<Record<LineageLevel, { share: number; inTable: number; betweenTables: number }>> = {
	group: { share: 1, inTable: 6, betweenTables: 18 },
	table: { share: 0.8, inTable: 1, betweenTables: 16 },
	evening: { share: 0.58, inTable: 1, betweenTables: 2 },
	project: { share: 0.4, inTable: 0, betweenTables: 0 },
};

const widestNote = 26;
const smallestNote = 3;
const noteGap = 2;
/** A river of a single note is still to be seen: each gets this much beside its share, in notes. */
const startingWidth = 1.5;
const widestShare = 30;

type River = LineagePile & { readonly board: number; readonly isTable: boolean; readonly weight: number };
type Span = { readonly left: number; readonly right: number };

export function layOutLineage(boards: readonly LineageBoard[], space: LineageSpace): LineageLayout {
	const rivers = boards.flatMap(({ isTable, piles }, board) =>
		piles
			.filter(({ colours }) => colours.length > 0)
			.map((pile): River => ({ ...pile, board, isTable, weight: pile.colours.length + startingWidth })),
	);
	if (rivers.length === 0) return { noteSize: 0, notes: [], rivers: [], bars: [] };

	const spans = new Map(lineageLevels.map((level) => [level, spread(rivers, level, space.width)]));
	const at = (level: LineageLevel) => spans.get(level) ?? [];
	const piles = at('group');
	const noteSize = largestNote(rivers, piles, space.notesEnd);
	return {
		noteSize,
		notes: rivers.flatMap((river, index) => pile(river, piles[index] ?? noSpan, noteSize, space.notesEnd)),
		rivers: rivers.map((river, index) => ({
			path: riverPath([
				{ ...(piles[index] ?? noSpan), y: space.notesEnd },
				...lineageLevels.map((level) => ({ ...(at(level)[index] ?? noSpan), y: space.levels[level] })),
			]),
			colour: mostFrequent(river.colours),
		})),
		bars: [
			...piles.filter((_, index) => rivers[index]?.isGroup).map((span) => bar('group', [span], space)),
			...spansOfTables(rivers, at('table')).map((spansOfTable) => bar('table', spansOfTable, space)),
			bar('evening', at('evening'), space),
		],
	};
}

const noSpan: Span = { left: 0, right: 0 };

/** The spans of each table's rivers; those of one table stand side by side. */
function spansOfTables(rivers: readonly River[], spans: readonly Span[]): Span[][] {
	const byTable = new Map<number, Span[]>();
	for (const [index, { board, isTable }] of rivers.entries()) {
		const span = spans[index];
		if (isTable && span !== undefined) byTable.set(board, [...(byTable.get(board) ?? []), span]);
	}
	return [...byTable.values()];
}

/** Puts the rivers of a level side by side, around the middle. */
function spread(rivers: readonly River[], level: LineageLevel, width: number): Span[] {
	const { share, inTable, betweenTables } = shape[level];
	const gapBefore = (index: number) => {
		if (index === 0) return 0;
		return rivers[index]?.board === rivers[index - 1]?.board ? inTable : betweenTables;
	};
	const gaps = rivers.reduce((sum, _, index) => sum + gapBefore(index), 0);
	// In a narrow picture with many groups the gaps shrink, too.
	const squeeze = gaps > width / 2 ? width / 2 / gaps : 1;
	const weight = rivers.reduce((sum, river) => sum + river.weight, 0);
	const unit = Math.min(widestShare, (width - gaps * squeeze) / weight) * share;
	let x = (width - weight * unit - gaps * squeeze) / 2;
	return rivers.map((river, index) => {
		const left = x + gapBefore(index) * squeeze;
		x = left + river.weight * unit;
		return { left, right: x };
	});
}

function largestNote(rivers: readonly River[], piles: readonly Span[], height: number): number {
	for (let size = widestNote; size > smallestNote; size -= 1) {
		const fits = rivers.every((river, index) => {
			const columns = columnsOf(piles[index] ?? noSpan, size);
			return columns > 0 && Math.ceil(river.colours.length / columns) * (size + noteGap) <= height;
		});
		if (fits) return size;
	}
	return smallestNote;
}

function columnsOf({ left, right }: Span, size: number): number {
	return Math.floor((right - left + noteGap) / (size + noteGap));
}

/** From the bottom up, each row around the middle of its river. */
function pile({ colours }: River, span: Span, size: number, bottom: number) {
	const columns = Math.max(1, columnsOf(span, size));
	const middle = (span.left + span.right) / 2;
	return colours.map((colour, index) => {
		const row = Math.floor(index / columns);
		const inRow = Math.min(columns, colours.length - row * columns);
		const rowWidth = inRow * size + (inRow - 1) * noteGap;
		return {
			x: round(middle - rowWidth / 2 + (index % columns) * (size + noteGap)),
			y: round(bottom - (row + 1) * (size + noteGap)),
			colour,
		};
	});
}

function riverPath(sections: readonly (Span & { readonly y: number })[]): string {
	const down = sections.map(({ left, y }) => ({ x: left, y }));
	const up = sections.map(({ right, y }) => ({ x: right, y })).reverse();
	const [start] = down;
	const [end] = up;
	if (start === undefined || end === undefined) return '';
	return `M${point(start)}${curve(down)}L${point(end)}${curve(up)}Z`;
}

type Point = { readonly x: number; readonly y: number };

/** Through all points, leaving and reaching each of them vertically. */
function curve(points: readonly Point[]): string {
	return points
		.slice(1)
		.map((to, index) => {
			const from = points[index] ?? to;
			const middle = (from.y + to.y) / 2;
			return `C${point({ x: from.x, y: middle })} ${point({ x: to.x, y: middle })} ${point(to)}`;
		})
		.join('');
}

function bar(level: LineageLevel, spans: readonly Span[], { levels }: LineageSpace) {
	const left = Math.min(...spans.map((span) => span.left));
	const right = Math.max(...spans.map((span) => span.right));
	return { level, x: round(left), y: levels[level], width: round(right - left) };
}

function mostFrequent(colours: readonly NoteColour[]): NoteColour {
	const counts = new Map<NoteColour, number>();
	for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const [first] = [...counts].sort(([, one], [, other]) => other - one);
	return first?.[0] ?? 'sun';
}

function point({ x, y }: Point): string {
	return `${String(round(x))},${String(round(y))}`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
