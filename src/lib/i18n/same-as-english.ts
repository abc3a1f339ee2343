/**
 * Texts that are rightly the same in another language and in English. Everything else that equals the English text is taken
 * for forgotten. A line gives the text, the languages it holds in, and why.
 */
import type { Language } from '#lib/domain/language.ts';

export interface SameAsEnglish {
	readonly text: string;
	readonly languages: readonly Exclude<Language, 'en'>[];
	readonly why: string;
}

export const sameAsEnglish: readonly SameAsEnglish[] = [
	{ text: 'Boost Board', languages: ['lb', 'fr', 'de', 'pt'], why: 'The name of the program.' },
	{ text: 'offline', languages: ['lb', 'de'], why: 'The everyday word in both languages.' },
	{ text: '{{count}} table', languages: ['fr'], why: 'The same word.' },
	{ text: '{{count}} tables', languages: ['fr'], why: 'The same word.' },
	{ text: '{{count}} abstention', languages: ['fr'], why: 'The same word.' },
	{ text: '{{count}} abstentions', languages: ['fr'], why: 'The same word.' },
	{ text: 'table', languages: ['fr'], why: 'The same word.' },
	{ text: 'tables', languages: ['fr'], why: 'The same word.' },
	{ text: 'Name', languages: ['de'], why: 'The same word.' },
	{ text: 'Message', languages: ['fr', 'lb'], why: 'The same word.' },
];
