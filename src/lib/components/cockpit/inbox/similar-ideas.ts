/**
 * Which published ideas may say the same as one that waits. Only words are compared, so it works in every language and in mixtures of
 * them, and it only puts likely ones first: whether two ideas are one is for a person to say.
 */

/** The least an idea has to be: what is compared. */
export type Worded = { readonly id: string; readonly text: string };

export type Candidate<Idea extends Worded> = {
	readonly idea: Idea;
	/** From 0 (no word in common) to 1 (the same words). */
	readonly likeness: number;
};

/** Words that differ only in their ending count as one: "garden" and "gardens", "reparieren" and "Reparatur". */
const stemLength = 5;
const shortestWord = 3;

/** The stems of a text's words, each once: no accents, no capitals, nothing shorter than three letters. */
export function stems(text: string): Set<string> {
	const words = plainText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
	return new Set(words.filter((word) => word.length >= shortestWord).map((word) => word.slice(0, stemLength)));
}

/**
 * The ideas another one could be merged into, the most alike first, then in the order in which they came.
 * A word that many of them use says little, one that few use says much (inverse document frequency); likeness is the cosine of the two
 * sets of weighted words.
 * @param sought words typed by a person; where there are some, only ideas that contain all of them remain
 */
export function mergeCandidates<Idea extends Worded>(
	about: Worded,
	published: readonly Idea[],
	sought = '',
): Candidate<Idea>[] {
	const others = published.filter(({ id }) => id !== about.id).map((idea) => ({ idea, stems: stems(idea.text) }));
	const own = stems(about.text);
	const weight = weights([own, ...others.map((other) => other.stems)]);
	const wanted = plainWords(sought);
	return others
		.filter(({ idea }) => wanted.every((word) => plainText(idea.text).includes(word)))
		.map((other) => ({ idea: other.idea, likeness: likeness(own, other.stems, weight) }))
		.sort((one, another) => another.likeness - one.likeness);
}

function plainText(text: string): string {
	return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase('und');
}

function plainWords(text: string): string[] {
	return plainText(text)
		.split(/\s+/)
		.filter((word) => word !== '');
}

/** What each stem weighs, given all texts it could stand in. */
function weights(texts: readonly ReadonlySet<string>[]): (stem: string) => number {
	const frequency = new Map<string, number>();
	for (const text of texts) for (const stem of text) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
	return (stem) => Math.log((1 + texts.length) / (frequency.get(stem) ?? 1));
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>, weight: (stem: string) => number): number {
	let shared = 0;
	for (const stem of one) if (other.has(stem)) shared += weight(stem) ** 2;
	if (shared === 0) return 0;
	const length = (text: ReadonlySet<string>) => [...text].reduce((sum, stem) => sum + weight(stem) ** 2, 0);
	return shared / Math.sqrt(length(one) * length(other));
}
