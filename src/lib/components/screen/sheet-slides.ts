import { sheetHeadings, type SheetHeading } from '#lib/domain/sheet.ts';

import { textPieces } from './text-pieces.ts';

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
		.flatMap((heading) => textPieces(sheet[heading] ?? '', mostCharacters).map((text) => ({ heading, text })));
}
