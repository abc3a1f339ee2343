/** Answers that questions to a whole room often have. Words stand in the catalogues; figures are the same in all languages. */
export const pollTemplates = ['yesNo', 'agree', 'scale', 'mood', 'own'] as const;
export type PollTemplate = (typeof pollTemplates)[number];

/** How many answers with words a template has, under `steering:poll.answers.<template>.<n>`. */
const worded: Readonly<Record<Exclude<PollTemplate, 'scale' | 'own'>, number>> = { yesNo: 3, agree: 4, mood: 3 };
export const fewestAnswers = 2;
export const mostAnswers = 8;
export const longestAnswer = 80;
export const longestQuestion = 160;

/** The answers of a template in a reader's words. */
export function answersOf(template: PollTemplate, say: (key: string) => string): string[] {
	if (template === 'own') return ['', ''];
	if (template === 'scale') return ['1', '2', '3', '4', '5'];
	return Array.from({ length: worded[template] }, (_, index) => say(`${template}.${String(index + 1)}`));
}

/** The answers as they are asked: without blank ones and without repetitions. */
export function askedAnswers(answers: readonly string[]): string[] {
	return [...new Set(answers.map((answer) => answer.trim()).filter((answer) => answer !== ''))];
}
