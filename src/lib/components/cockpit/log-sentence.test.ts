import { describe, expect, it } from 'vitest';

import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import { translator } from '#lib/i18n/translator.ts';
import { languages } from '#lib/domain/language.ts';
import { pickText } from '#lib/domain/localized-text.ts';
import { logActions, type LogEntry } from '#lib/protocol/log.ts';

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

	it('says which slips it was about, or how many', () => {
		const say = (one: LogEntry) => sentenceOf(one, view, english);
		expect(say(entry('seat.issue', { detail: { count: 12 } }))).toBe('Slips made: 12 slips');
		expect(say(entry('seat.revoke', { detail: { number: 4 } }))).toBe('Slip revoked: Slip 4');
		expect(say(entry('seat.reissue', { detail: { number: 4, newNumber: 13 } }))).toBe(
			'Slip replaced: Slip 4 · Slip 13',
		);
	});

	it.each(languages)('has words for whatever the server writes (%s)', (language) => {
		const t = translator(language);
		const off = { frozen: false, open: false, published: false, coming: false, pace: 'tables' };
		for (const name of logActions) {
			for (const key of [actionKey(entry(name)), actionKey(entry(name, { subjectId: testId(50), detail: off }))]) {
				expect(key, name).not.toBe('other');
				expect(t(`steering:log.action.${key}`), name).not.toContain(key);
			}
		}
	});

	it('says that something was done where it knows no more', () => {
		expect(actionKey(entry('unheard.of'))).toBe('other');
		expect(sentenceOf(entry('unheard.of'), view, english)).toBe('Something else was changed');
	});

	it('is taken back after a question only where the room would lose something', () => {
		const back = { name: 'step.go', payload: { stepId: testSteps.group } } as const;
		expect(asksFirst(entry('step.go', { inverse: back }))).toBe(true);
		const minute = { name: 'timer.add', payload: { milliseconds: -60_000 } } as const;
		expect(asksFirst(entry('timer.add', { inverse: minute }))).toBe(false);
		expect(asksFirst(entry('timer.clear'))).toBe(false);
	});
});
