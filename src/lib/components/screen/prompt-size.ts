/**
 * How large words can be set. All lengths are in hundredths of the picture's width, so 3.4 is the 64 px at 1920 below which a
 * prompt can't be read from the back of a hall.
 */
export const smallestPrompt = 3.4;
const largestPrompt = 6.4;
/** The width of a character of the display face, of its size, with what is lost at the ends of lines. */
const characterWidth = 0.6;
const lineHeight = 1.12;
const sizeStep = 0.1;

export type SizeBounds = { readonly smallest: number; readonly largest: number };
const promptBounds: SizeBounds = { smallest: smallestPrompt, largest: largestPrompt };

/** The largest size at which the longest of the texts, set beside each other, fits a box, and its longest word a line of it. */
export function promptSize(
	texts: readonly string[],
	width: number,
	height: number,
	{ smallest, largest }: SizeBounds = promptBounds,
): number {
	const longest = Math.max(1, ...texts.map((text) => text.length));
	const longestWord = Math.max(1, ...texts.flatMap((text) => text.split(/[\s-]/u)).map((word) => word.length));
	const column = width / Math.max(1, texts.length);
	const inOneLine = column / (longestWord * characterWidth);
	let size = Math.min(largest, inOneLine, Math.sqrt((column * height) / (longest * characterWidth * lineHeight)));
	// Lines are whole: what is just too many for them is set a little smaller.
	while (size > smallest && linesOf(longest, column, size) * lineHeight * size > height) size -= sizeStep;
	return Math.max(smallest, size);
}

function linesOf(characters: number, column: number, size: number): number {
	return Math.ceil((characters * characterWidth * size) / column);
}

/** Whether texts fit a box, beside each other, at the smallest size. */
export function fitsAtAll(
	texts: readonly string[],
	width: number,
	height: number,
	{ smallest }: SizeBounds = promptBounds,
): boolean {
	const column = width / Math.max(1, texts.length);
	const lines = texts.map((text) => linesOf(text.length, column, smallest));
	return Math.max(0, ...lines) * lineHeight * smallest <= height;
}

/** How many characters a box holds at the smallest size. */
export function charactersThatFit(width: number, height: number, { smallest }: SizeBounds = promptBounds): number {
	const lines = Math.max(1, Math.floor(height / (lineHeight * smallest)));
	return lines * Math.floor(width / (characterWidth * smallest));
}
