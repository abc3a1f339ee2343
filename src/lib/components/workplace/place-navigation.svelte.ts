import { untrack } from 'svelte';

import type { Workplace } from '#lib/live/workplace.svelte.ts';

import { isTyping } from './is-typing.ts';
import { placeSections, SectionChoice, type PlaceSection } from './place-sections.svelte.ts';

/** Where somebody is on their page, and where the evening would have them. `follow` belongs into an effect. */
export class PlaceNavigation {
	readonly choice = new SectionChoice();
	readonly #workplace: Workplace;

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	readonly #sections: readonly PlaceSection[] = $derived.by(() =>
		placeSections.filter((section) => this.#has(section)),
	);

	/** Those that have something in them. */
	get sections(): readonly PlaceSection[] {
		return this.#sections;
	}

	/** Whether somebody is in the middle of a sentence, or of choosing something in a dialog. */
	busy(): boolean {
		return isTyping() || (this.choice.section === 'ideas' && this.#workplace.writing.draft.text.trim() !== '');
	}

	/** Goes along with the steps and with calls to come. @returns whether the page turned to something else */
	follow(): boolean {
		const { step, session, rounds } = this.#workplace;
		if (step === null) return false;
		// Read here, so that a section that appears later is noticed.
		const gatheredAt = session.view?.floor.gatheredAt ?? null;
		const waits = step.kind === 'choose' && !rounds.some(({ state }) => state === 'open');
		const present = this.#sections.filter((section) => !(waits && section === 'vote'));
		return untrack(() => {
			const moved = this.choice.follow(step, present, this.busy());
			return this.choice.gather(gatheredAt, step.kind, present, this.busy()) || moved;
		});
	}

	#has(section: PlaceSection): boolean {
		const { table, rounds, polls, step, session } = this.#workplace;
		switch (section) {
			case 'ideas':
				return true;
			case 'sheet':
				return table !== null;
			case 'vote':
				return rounds.length > 0 || polls.some(({ published }) => published);
			case 'pitch':
				return step?.kind === 'pitch' || (session.view?.floor.pitches.current ?? null) !== null;
			case 'projects':
				return Object.keys(session.view?.projects ?? {}).length > 0;
		}
	}
}
