import type { StepId } from '#lib/domain/ids.ts';
import type { StepKind } from '#lib/domain/step.ts';
import { unreachable } from '#lib/domain/unreachable.ts';

/** The parts of a phone's or a table's surface, of which one is shown. */
export const placeSections = ['ideas', 'sheet', 'vote', 'pitch', 'projects'] as const;
export type PlaceSection = (typeof placeSections)[number];

/** What a step is done in. */
export function sectionOfStep(kind: StepKind): PlaceSection {
	switch (kind) {
		case 'welcome':
		case 'collect':
		case 'group':
		case 'discuss':
		case 'break':
		case 'feedback':
			return 'ideas';
		case 'choose':
		case 'vote':
		case 'results':
			return 'vote';
		case 'sheet':
			return 'sheet';
		case 'pitch':
			return 'pitch';
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
	/** When everybody was last called; undefined until this page has heard of the evening. */
	#gatheredAt: number | null | undefined;

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
		const section = placeOf(step.kind, present);
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

	/**
	 * Takes note of a call to the current step. Whoever was in the middle of something is only offered to come, even if the section
	 * is the right one already: the call is for their attention. A call from before this page was opened isn't one.
	 * @param at when everybody was last called
	 * @returns whether the page shall turn to the step now
	 */
	gather(at: number | null, kind: StepKind, present: readonly PlaceSection[], busy: boolean): boolean {
		const before = this.#gatheredAt;
		this.#gatheredAt = at;
		if (before === undefined || at === null || at <= (before ?? 0)) return false;
		const section = placeOf(kind, present);
		if (busy) {
			this.#offered = section;
			return false;
		}
		this.go(section);
		return true;
	}
}

function placeOf(kind: StepKind, present: readonly PlaceSection[]): PlaceSection {
	const wanted = sectionOfStep(kind);
	return present.includes(wanted) ? wanted : 'ideas';
}
