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
	#moment: string | null = null;

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

	/**
	 * Takes note of the current step, or of its section being there at last (a vote that opens after its step began). The first
	 * step is followed in any case.
	 * @param present the sections that have something in them
	 * @returns whether the shown section is another one now
	 */
	follow(
		step: { readonly id: StepId; readonly kind: StepKind },
		present: readonly PlaceSection[],
		busy: boolean,
	): boolean {
		const wanted = sectionOfStep(step.kind);
		const section = present.includes(wanted) ? wanted : 'ideas';
		const moment = `${step.id} ${section}`;
		if (moment === this.#moment) return false;
		const first = this.#moment === null;
		this.#moment = moment;
		if (section === this.#section) {
			this.#offered = null;
			return false;
		}
		if (busy && !first) {
			this.#offered = section;
			return false;
		}
		this.go(section);
		return true;
	}
}
