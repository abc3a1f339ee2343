/** A text in pieces of at most so many characters: cut between sentences where that leaves no piece half empty, else between words. */
export function textPieces(text: string, mostCharacters: number): string[] {
	const pieces: string[] = [];
	for (let rest = text.replace(/\s+/gu, ' ').trim(); rest !== '';) {
		const end = rest.length <= mostCharacters ? rest.length : cutOf(rest, mostCharacters);
		pieces.push(rest.slice(0, end).trim());
		rest = rest.slice(end).trim();
	}
	return pieces;
}

function cutOf(text: string, mostCharacters: number): number {
	// The sign that ends a sentence may be the last that fits.
	const beginning = text.slice(0, mostCharacters + 1);
	const sentence = Math.max(...['. ', '! ', '? ', '; '].map((mark) => beginning.lastIndexOf(mark))) + 1;
	if (sentence > mostCharacters / 3) return sentence;
	const word = beginning.lastIndexOf(' ');
	return word > 0 ? word : mostCharacters;
}
