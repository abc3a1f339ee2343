import { sheetHeadings, type SheetHeading } from '#lib/domain/sheet.ts';

export type SheetSlide = { readonly heading: SheetHeading; readonly text: string };

/** As much as a slide holds at a size that can be read from the back. */
const mostCharacters = 300;

/** A sheet, heading by heading in the order of its page; what is too long for one slide goes on at the next, between sentences. */
export function sheetSlides(
	sheet: Readonly<Record<string, string>>,
	leftOut: readonly SheetHeading[] = [],
): SheetSlide[] {
	return sheetHeadings
		.filter((heading) => !leftOut.includes(heading))
		.flatMap((heading) => piecesOf(sheet[heading] ?? '').map((text) => ({ heading, text })));
}

function piecesOf(text: string): string[] {
	const words = text.replace(/\s+/gu, ' ').trim();
	const pieces: string[] = [];
	for (let rest = words; rest !== '';) {
		const end = rest.length <= mostCharacters ? rest.length : cutOf(rest.slice(0, mostCharacters));
		pieces.push(rest.slice(0, end).trim());
		rest = rest.slice(end).trim();
	}
	return pieces;
}

/** After the last whole sentence, unless that leaves most of the slide empty; else after the last whole word. */
function cutOf(beginning: string): number {
	const sentence = Math.max(...['. ', '! ', '? ', '; '].map((mark) => beginning.lastIndexOf(mark))) + 1;
	if (sentence > mostCharacters / 3) return sentence;
	const word = beginning.lastIndexOf(' ');
	return word > 0 ? word : beginning.length;
}
