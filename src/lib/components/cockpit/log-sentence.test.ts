import { describe, expect, it } from 'vitest';

import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import { translator } from '#lib/i18n/translator.ts';
import { languages } from '#lib/domain/language.ts';
import { pickText } from '#lib/domain/localized-text.ts';
import { commandNames } from '#lib/protocol/commands.ts';
import type { LogEntry } from '#lib/protocol/log.ts';

import { actionKey, asksFirst, sentenceOf } from './log-sentence.ts';
import { facilitatorView, testId, testStep, testSteps, testTable } from './testing/facilitator-view.ts';

const table = testId<TableId>(20);
const person = testId<ParticipantId>(30);
const view = facilitatorView({
	steps: {
		[testSteps.collect]: testStep(1, 'collect', { title: { en: 'Collect' } }),
		[testSteps.group]: testStep(0, 'group', { title: { en: 'Group' } }),
	},
	tables: { [table]: testTable(0, { name: 'Table 3' }) },
	people: {
		[person]: {
			...{ nickname: 'Rita', language: 'en', tableId: table, present: true },
			...{ blocked: false, atHome: false, joinedAt: 0, ideas: 0 },
		},
	},
});
const english = { t: translator('en'), text: (text: Parameters<typeof pickText>[0]) => pickText(text, 'en') };

function entry(action: string, changes: Partial<LogEntry> = {}): LogEntry {
	const actor = { kind: 'facilitator', id: null, name: 'Anna' } as const;
	return {
		...{ id: 1, at: '2026-06-06T17:00:00.000Z', actor, action },
		...{ subjectId: null, words: null, detail: {}, inverse: null, ...changes },
	};
}

describe('an entry of the log', () => {
	it('names the step, the person and their table, and an idea by its words', () => {
		const say = (one: LogEntry) => sentenceOf(one, view, english);
		const from = testSteps.collect;
		expect(say(entry('step.go', { subjectId: testSteps.group, detail: { from } }))).toBe('Went to a step: Group');
		expect(say(entry('participant.move', { subjectId: person, detail: { to: table } }))).toBe(
			'Moved to a table: Rita · Table 3',
		);
		expect(say(entry('idea.hide', { subjectId: testId(50), words: 'A bench' }))).toBe('Idea taken down: “A bench”');
		expect(say(entry('gathering.call'))).toBe('Everyone called here');
	});

	it('says how much time it was about', () => {
		const say = (one: LogEntry) => sentenceOf(one, view, english);
		expect(say(entry('timer.start', { detail: { durationMs: 300_000 } }))).toBe('Time started: 5 min');
		expect(say(entry('timer.add', { detail: { milliseconds: -60_000 } }))).toBe('Time changed: −1 min');
		expect(say(entry('timer.add', { subjectId: table, detail: { milliseconds: 60_000 } }))).toBe(
			'Time changed: Table 3 · +1 min',
		);
	});

	it('says which way a switch was put', () => {
		expect(actionKey(entry('workshop.freeze', { detail: { frozen: true } }))).toBe('workshop.freeze-on');
		expect(actionKey(entry('workshop.freeze', { detail: { frozen: false } }))).toBe('workshop.freeze-off');
		expect(actionKey(entry('pace.set', { detail: { pace: 'tables' } }))).toBe('pace.set-tables');
		expect(actionKey(entry('spotlight.set'))).toBe('spotlight.out');
	});

	it.each(languages)('has words for whatever was done (%s)', (language) => {
		const t = translator(language);
		for (const name of [...commandNames, 'step.go-table', 'pitch.end', 'workshop.reopen', 'unheard.of']) {
			const key = actionKey(entry(name));
			expect(t(`steering:log.action.${key}`), name).not.toContain(key);
		}
	});

	it('is taken back after a question only where the room would lose something', () => {
		const back = { name: 'step.go', payload: { stepId: testSteps.group } } as const;
		expect(asksFirst(entry('step.go', { inverse: back }))).toBe(true);
		const minute = { name: 'timer.add', payload: { milliseconds: -60_000 } } as const;
		expect(asksFirst(entry('timer.add', { inverse: minute }))).toBe(false);
		expect(asksFirst(entry('timer.clear'))).toBe(false);
	});
});
