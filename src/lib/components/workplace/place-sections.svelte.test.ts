import { describe, expect, it } from 'vitest';

import { stepId } from '#lib/domain/ids.ts';
import { randomId } from '#lib/live/random-id.ts';

import { placeSections, SectionChoice } from './place-sections.svelte.ts';

const collect = { id: stepId.parse(randomId()), kind: 'collect' } as const;
const vote = { id: stepId.parse(randomId()), kind: 'vote' } as const;
const everything = placeSections;
const noVote = placeSections.filter((section) => section !== 'vote');

describe('the shown section', () => {
	it('goes along with the steps', () => {
		const choice = new SectionChoice();
		choice.follow(collect, everything, false);
		choice.follow(vote, everything, false);
		expect(choice.section).toBe('vote');
		expect(choice.offered).toBeNull();
	});

	it('never pulls anybody away who is busy', () => {
		const choice = new SectionChoice();
		choice.follow(collect, everything, false);
		choice.follow(vote, everything, true);
		expect(choice.section).toBe('ideas');
		expect(choice.offered).toBe('vote');
		choice.go('vote');
		expect(choice.offered).toBeNull();
	});

	it('stays where the person went until the next step', () => {
		const choice = new SectionChoice();
		choice.follow(vote, everything, false);
		choice.go('ideas');
		choice.follow(vote, everything, false);
		expect(choice.section).toBe('ideas');
	});

	it('goes to the vote when it opens after its step began', () => {
		const choice = new SectionChoice();
		choice.follow(vote, noVote, false);
		expect(choice.follow(vote, everything, false)).toBe(true);
		expect(choice.section).toBe('vote');
	});

	it('falls back to the ideas where there is nothing of the kind', () => {
		const choice = new SectionChoice();
		choice.follow(vote, noVote, false);
		expect(choice.section).toBe('ideas');
	});

	it('comes when everybody is called, but not for a call from before', () => {
		const choice = new SectionChoice();
		choice.follow(vote, everything, false);
		choice.gather(1_000, 'vote', everything, false);
		choice.go('ideas');
		expect(choice.gather(1_000, 'vote', everything, false)).toBe(false);
		expect(choice.section).toBe('ideas');
		expect(choice.gather(2_000, 'vote', everything, false)).toBe(true);
		expect(choice.section).toBe('vote');
	});

	it('only asks to come whoever is typing when everybody is called', () => {
		const choice = new SectionChoice();
		choice.follow(vote, everything, false);
		choice.gather(null, 'vote', everything, false);
		choice.go('ideas');
		expect(choice.gather(1_000, 'vote', everything, true)).toBe(false);
		expect(choice.section).toBe('ideas');
		expect(choice.offered).toBe('vote');
	});
});
