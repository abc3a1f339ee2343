import type { StepKind, StepRules } from '#lib/domain/step.ts';

/** What in the rules of a step defeats itself. None of it is forbidden: somebody may know why. */
export type RuleWarning =
	| 'nobodyAdds'
	| 'intakeWithoutAdding'
	| 'unrecordedWithoutAdding'
	| 'nobodyArranges'
	| 'nobodyVotes'
	| 'nobodyWritesSheet'
	| 'plenaryAtTable'
	| 'screenSeesNothing';

const layoutsOfIdeas: readonly StepRules['screen'][] = ['wall', 'columns', 'idea'];

export function ruleWarnings(kind: StepKind, rules: StepRules): RuleWarning[] {
	const warnings: RuleWarning[] = [];
	if (rules.add === 'nobody') {
		if (kind === 'collect' || kind === 'feedback') warnings.push('nobodyAdds');
		else if (rules.intake !== 'direct') warnings.push('intakeWithoutAdding');
		else if (rules.names === 'unrecorded') warnings.push('unrecordedWithoutAdding');
	} else if (rules.board === 'plenary' && rules.see === 'table') {
		warnings.push('plenaryAtTable');
	}
	if (kind === 'group' && rules.arrange === 'nobody') warnings.push('nobodyArranges');
	if (kind === 'vote' && !rules.vote) warnings.push('nobodyVotes');
	if (kind === 'sheet' && rules.sheet === 'nobody') warnings.push('nobodyWritesSheet');
	if (rules.see === 'table' && layoutsOfIdeas.includes(rules.screen)) warnings.push('screenSeesNothing');
	return warnings;
}
