/**
 * Texts that are rightly the same in another language and in English. Everything else that equals the English text is taken
 * for forgotten. An entry gives the texts, the languages they hold in, and why.
 */
import type { Language } from '#lib/domain/language.ts';

export interface SameAsEnglish {
	readonly texts: readonly string[];
	readonly languages: readonly Exclude<Language, 'en'>[];
	readonly why: string;
}

export const sameAsEnglish: readonly SameAsEnglish[] = [
	{ texts: ['Boost Board'], languages: ['lb', 'fr', 'de', 'pt'], why: 'The name of the program.' },
	{ texts: ['Cockpit'], languages: ['lb', 'fr', 'de', 'pt'], why: 'The name of the surface, understood in all five.' },
	{ texts: ['offline'], languages: ['lb', 'de'], why: 'The everyday word.' },
	{ texts: ['Link'], languages: ['lb', 'de'], why: 'The everyday word.' },
	{ texts: ['All'], languages: ['lb'], why: 'The same word.' },
	{ texts: ['Code {{code}}'], languages: ['lb', 'fr', 'de'], why: 'The same word.' },
	{ texts: ['{{minutes}} min'], languages: ['lb', 'fr', 'pt'], why: 'The sign of the unit (SI).' },
	{
		texts: ['{{hours}} h', '{{hours}} h {{minutes}} min'],
		languages: ['fr', 'pt'],
		why: 'The signs of the units (SI).',
	},
	{ texts: ['Message'], languages: ['lb', 'fr'], why: 'French, and taken from it in Luxembourgish.' },
	{
		texts: ['Name', 'Workshops'],
		languages: ['de'],
		why: 'The same word; the programme itself says Workshop.',
	},
	{
		texts: ['Table', 'Tables', 'table', 'tables', '{{count}} table', '{{count}} tables', 'Table {{number}}'],
		languages: ['fr'],
		why: 'The same word.',
	},
	{ texts: ['Vote', 'Votes', 'Question', 'Pause'], languages: ['fr'], why: 'The same word.' },
	{ texts: ['{{count}} minute', '{{count}} minutes'], languages: ['fr'], why: 'The same word.' },
	{ texts: ['Abstentions', '{{count}} abstention', '{{count}} abstentions'], languages: ['fr'], why: 'The same word.' },
];
