/**
 * How the wall of ideas is cut into pages.
 *
 * Notes keep one order (the oldest first). Each goes into the first column that has room for it, so that a new note, which comes
 * last, never moves one that is being read. A page is packed when it is turned to and then only grows at its end; what is taken off the wall meanwhile
 * leaves its slot empty until the next turn. Heights and the frame share one unit, CSS pixels.
 */
export type WallItem = {
	readonly key: string;
	readonly height: number;
	/** A heading: stays in one column with what follows it. */
	readonly leads?: boolean;
	/** The heading of the group that has a column of its own; repeated where the group goes on in the next one. */
	readonly under?: string | undefined;
};

/** A note or heading with what is known of it elsewhere. */
export type PagedItem = WallItem & {
	/** The room has seen it, on any screen. */
	readonly shown: boolean;
};

export type WallFrame = { readonly columns: number; readonly height: number; readonly gap: number };

export type WallSlot = { readonly key: string; readonly height: number };
export type WallPage = { readonly columns: readonly (readonly WallSlot[])[] };

export function keysOf(page: WallPage): string[] {
	return page.columns.flat().map((slot) => slot.key);
}

/** The page that ends with the newest note and holds as many as fit. */
export function newestPage(items: readonly WallItem[], frame: WallFrame): WallPage {
	let best = pageFrom(items, Math.max(0, items.length - 1), frame);
	for (let start = items.length - 2; start >= 0; start -= 1) {
		const page = pageFrom(items, start, frame);
		if (!keysOf(page).includes(items.at(-1)?.key ?? '')) break;
		best = page;
	}
	return best;
}

/** The page that begins where this one did, for another frame. */
export function samePage(page: WallPage, items: readonly WallItem[], frame: WallFrame): WallPage {
	const shown = new Set(keysOf(page));
	const first = items.findIndex((item) => item.leads !== true && shown.has(item.key));
	return first === -1 ? pageFrom(items, 0, frame) : pageFrom(items, withHeading(items, first), frame);
}

/** The same page with what came after it in the free space at its end, and what is new in a group at the end of its column. */
export function extendPage(
	page: WallPage,
	items: readonly WallItem[],
	frame: WallFrame,
	seen: ReadonlySet<string> = new Set(),
): WallPage {
	const grown = { columns: page.columns.map((slots) => [...slots]) };
	const shown = new Set(keysOf(page));
	for (const { key, height, under } of items) {
		if (under === undefined || seen.has(key) || shown.has(key)) continue;
		const column = grown.columns.findLast((slots) => slots[0]?.key === under);
		if (column !== undefined && filled(column, frame) + height <= frame.height) column.push({ key, height });
	}
	return place(grown.columns, items, indexAfter(grown, items), frame);
}

/**
 * The page to turn to: the one that begins with the first note nobody has seen yet; when all were seen, the one that follows,
 * and after the last page the first.
 */
export function turnPage(
	page: WallPage,
	items: readonly WallItem[],
	seen: ReadonlySet<string>,
	frame: WallFrame,
): WallPage {
	const everything = pageFrom(items, 0, frame);
	if (showsAll(everything, items)) return everything;
	const unseen = items.findIndex((item) => item.leads !== true && !seen.has(item.key));
	const following = indexAfter(page, items);
	const start = unseen === -1 ? following : withHeading(items, unseen);
	return pageFrom(items, start < items.length ? start : 0, frame);
}

/** Whether everything is on this page already. */
export function showsAll(page: WallPage, items: readonly WallItem[]): boolean {
	const shown = new Set(keysOf(page));
	return items.every((item) => shown.has(item.key));
}

/** Whether the page can stay as it is: all there is stands on it, and nothing that was taken off left its place empty. */
export function isComplete(page: WallPage, items: readonly WallItem[]): boolean {
	const known = new Set(items.map(({ key }) => key));
	return showsAll(page, items) && keysOf(page).every((key) => known.has(key));
}

/** What had its turn: on pages here (`turned`), or on another screen. */
export function seenOf(turned: readonly string[], items: readonly PagedItem[]): ReadonlySet<string> {
	return new Set([...turned, ...items.filter(({ shown }) => shown).map(({ key }) => key)]);
}

const shortestStayMs = 12_000;
const longestStayMs = 40_000;
const readMsPerCharacter = 35;

/** How long a page stays before it is turned: long enough to look through `characters` characters. */
export function stayMs(characters: number): number {
	return Math.min(longestStayMs, Math.max(shortestStayMs, characters * readMsPerCharacter));
}

function pageFrom(items: readonly WallItem[], start: number, frame: WallFrame): WallPage {
	return place([], items, start, frame);
}

function place(
	begun: readonly (readonly WallSlot[])[],
	items: readonly WallItem[],
	start: number,
	frame: WallFrame,
): WallPage {
	const columns = begun.map((slots) => [...slots]);
	for (const [offset, item] of items.slice(start).entries()) {
		const { key, height, leads, under } = item;
		const following = leads === true ? (items[start + offset + 1]?.height ?? 0) + frame.gap : 0;
		const opens = leads === true && under !== undefined;
		const free = columns.find((column) => {
			return column[0]?.key === headOf(item, column) && filled(column, frame) + height + following <= frame.height;
		});
		if (free !== undefined && !opens) {
			free.push({ key, height });
		} else if (columns.length < frame.columns) {
			columns.push([...repeatedHeading(item, items), { key, height }]);
		} else {
			break;
		}
	}
	return { columns };
}

/** What a column must begin with for an item to stand in it. */
function headOf({ under }: WallItem, column: readonly WallSlot[]): string | undefined {
	return under ?? column[0]?.key;
}

function repeatedHeading({ leads, under }: WallItem, items: readonly WallItem[]): WallSlot[] {
	const heading = leads === true || under === undefined ? undefined : items.find(({ key }) => key === under);
	return heading === undefined ? [] : [{ key: heading.key, height: heading.height }];
}

/** Where the next note of a column would begin. */
function filled(slots: readonly WallSlot[], frame: WallFrame): number {
	return slots.reduce((total, slot) => total + slot.height + frame.gap, 0);
}

/** The index that follows the last of the page's notes that is still there. */
function indexAfter(page: WallPage, items: readonly WallItem[]): number {
	const places = new Map(items.map((item, index) => [item.key, index]));
	return keysOf(page).reduce((after, key) => Math.max(after, (places.get(key) ?? -1) + 1), 0);
}

/** A page doesn't begin below the heading of its first note. */
function withHeading(items: readonly WallItem[], index: number): number {
	return items[index - 1]?.leads === true ? index - 1 : index;
}
