import { defaultRules, type StepKind, type StepRules } from '#lib/domain/step.ts';

/** One step of the evening, and how much of its time it gets. */
export type Act = {
	readonly name: string;
	readonly kind: StepKind;
	readonly rules: StepRules;
	readonly share: number;
	/** What people do in it changes what the cockpit shows, and what screens do. */
	readonly shownTo: { readonly cockpit: boolean; readonly screens: boolean };
};

const all = { cockpit: true, screens: true };

/** The evening that is measured, in its order. Leaving the first step brings to light what everybody wrote for themselves. */
export const acts: readonly Act[] = [
	{
		name: 'collect for oneself',
		kind: 'collect',
		rules: { ...defaultRules('collect'), intake: 'private' },
		share: 0.15,
		shownTo: { cockpit: true, screens: false },
	},
	{ name: 'collect', kind: 'collect', rules: defaultRules('collect'), share: 0.2, shownTo: all },
	{ name: 'group', kind: 'group', rules: defaultRules('group'), share: 0.2, shownTo: all },
	{ name: 'vote', kind: 'vote', rules: defaultRules('vote'), share: 0.25, shownTo: all },
	{
		name: 'sheet',
		kind: 'sheet',
		rules: defaultRules('sheet'),
		share: 0.15,
		shownTo: { cockpit: false, screens: false },
	},
	{
		name: 'closing',
		kind: 'closing',
		rules: defaultRules('closing'),
		share: 0.05,
		shownTo: { cockpit: false, screens: false },
	},
];
