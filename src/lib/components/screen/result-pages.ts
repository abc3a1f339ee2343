/** Which options of a result stand on a page together, in hundredths of the picture's width: as many as fit with all of their words. */
export type ResultPage = { readonly from: number; readonly count: number };

const pageHeight = 29;
const charactersOnLine = 72;
const lineHeight = 2.5;
/** The bar with its figures, and the space below it. */
const barHeight = 3.7;
const mostReasonLines = 3;

export function resultPages(labels: readonly string[], reason: string): ResultPage[] {
	const room = pageHeight - heightOfReason(reason);
	const pages: { from: number; count: number }[] = [];
	let free = 0;
	for (const [index, label] of labels.entries()) {
		const height = linesOf(label) * lineHeight + barHeight;
		const page = pages.at(-1);
		if (page === undefined || height > free) {
			pages.push({ from: index, count: 1 });
			free = room - height;
		} else {
			page.count += 1;
			free -= height;
		}
	}
	return pages.length > 0 ? pages : [{ from: 0, count: 0 }];
}

function heightOfReason(reason: string): number {
	return reason === '' ? 0 : (Math.min(mostReasonLines, linesOf(reason)) + 0.6) * lineHeight;
}

function linesOf(text: string): number {
	return Math.max(1, Math.ceil(text.length / charactersOnLine));
}
