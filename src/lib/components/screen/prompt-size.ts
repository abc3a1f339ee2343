/**
 * How large a prompt can be set. All lengths are in hundredths of the picture's width, so 3.4 is the 64 px at 1920 below which a
 * prompt can't be read from the back of a hall.
 */
export const smallestPrompt = 3.4;
const largestPrompt = 6.4;
/** The width of a character of the display face, of its size, with what is lost at the ends of lines. */
const characterWidth = 0.6;
const lineHeight = 1.12;

/** The largest size at which the longest of the texts, set beside each other, fits a box. */
export function promptSize(texts: readonly string[], width: number, height: number): number {
	const longest = Math.max(1, ...texts.map((text) => text.length));
	const column = width / Math.max(1, texts.length);
	const fitting = Math.sqrt((column * height) / (longest * characterWidth * lineHeight));
	return Math.min(largestPrompt, Math.max(smallestPrompt, fitting));
}

/** Whether texts fit a box, beside each other, at the smallest size. */
export function fitsAtAll(texts: readonly string[], width: number, height: number): boolean {
	const column = width / Math.max(1, texts.length);
	const lines = texts.map((text) => Math.ceil((text.length * characterWidth * smallestPrompt) / column));
	return Math.max(0, ...lines) * lineHeight * smallestPrompt <= height;
}
