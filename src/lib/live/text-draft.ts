/**
 * What stands in a text here and not in the server's: the passage between their common beginning and end, widened to whole
 * words, so that it can be shown beside the field and copied back. Empty if nothing of ours is missing there.
 */
export function missingPassage(ours: string, theirs: string): string {
	let start = 0;
	while (start < ours.length && start < theirs.length && ours[start] === theirs[start]) start += 1;
	let end = 0;
	const longestEnd = Math.min(ours.length, theirs.length) - start;
	while (end < longestEnd && ours[ours.length - 1 - end] === theirs[theirs.length - 1 - end]) end += 1;
	if (ours.length - end <= start) return '';
	while (start > 0 && isInsideWord(ours, start)) start -= 1;
	while (end > 0 && isInsideWord(ours, ours.length - end)) end -= 1;
	return ours.slice(start, ours.length - end).trim();
}

/** Whether a cut at this place would divide a word or a surrogate pair. */
function isInsideWord(text: string, index: number): boolean {
	return /\S/.test(text[index - 1] ?? ' ') && /\S/.test(text[index] ?? ' ');
}

export type Passages = Readonly<Record<string, string>>;

/** The missing passages under all headings that have one. */
export function missingPassages(ours: Passages, theirs: Passages): Passages {
	return Object.fromEntries(
		Object.entries(ours)
			.map(([heading, text]) => [heading, missingPassage(text, theirs[heading] ?? '')] as const)
			.filter(([, passage]) => passage !== ''),
	);
}
