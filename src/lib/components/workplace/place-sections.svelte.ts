import type { StepId } from '#lib/domain/ids.ts';
import type { StepKind } from '#lib/domain/step.ts';
import { unreachable } from '#lib/domain/unreachable.ts';

/** The parts of a phone's or a table's surface, of which one is shown. */
export const placeSections = ['ideas', 'sheet', 'vote', 'projects'] as const;
export type PlaceSection = (typeof placeSections)[number];

/** What a step is done in. */
export function sectionOfStep(kind: StepKind): PlaceSection {
	switch (kind) {
		case 'welcome':
		case 'collect':
		case 'group':
			return 'ideas';
		case 'vote':
		case 'results':
			return 'vote';
		case 'sheet':
		case 'pitch':
			return 'sheet';
		case 'found':
		case 'closing':
			return 'projects';
		default:
			return unreachable(kind);
	}
}

/**
 * Which section is shown. It goes along with the steps, except while somebody is in the middle of something: then the new step's
 * section is only offered, and the person goes there when they are ready.
 */
export class SectionChoice {
	#section: PlaceSection = $state('ideas');
	#offered: PlaceSection | null = $state(null);
	#stepId: StepId | null = null;

	get section(): PlaceSection {
		return this.#section;
	}

	/** Where the step is done, if that is elsewhere and the person was busy when it began. */
	get offered(): PlaceSection | null {
		return this.#offered;
	}

	go(section: PlaceSection): void {
		this.#section = section;
		this.#offered = null;
	}

	/** Takes note of the current step. The first one is followed in any case. */
	follow(
		step: { readonly id: StepId; readonly kind: StepKind },
		has: (section: PlaceSection) => boolean,
		busy: boolean,
	): void {
		if (step.id === this.#stepId) return;
		const first = this.#stepId === null;
		this.#stepId = step.id;
		const wanted = sectionOfStep(step.kind);
		const section = has(wanted) ? wanted : 'ideas';
		if (first || !busy || section === this.#section) this.go(section);
		else this.#offered = section;
	}
}
