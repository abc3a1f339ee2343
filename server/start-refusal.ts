/**
 * A reason not to start that the person at the terminal can act on. The launcher prints its sentences without a stack
 * and exits with code 1; every other error at the start is a fault of the program and is printed in full.
 */
export class StartRefusal extends Error {
	override readonly name = 'StartRefusal';
	readonly sentences: readonly string[];

	constructor(sentences: string | readonly string[], options?: ErrorOptions) {
		const list = typeof sentences === 'string' ? [sentences] : sentences;
		super(list.join('\n'), options);
		this.sentences = list;
	}
}
