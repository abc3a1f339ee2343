import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';
import * as z from 'zod';

import {
	sampleEvening,
	sampleIdeaId,
	sampleRound,
	sampleTableId,
	type SampleOptions,
} from '#lib/components/screen/testing/sample-evening.ts';
import type { OptionId } from '#lib/domain/ids.ts';
import { coCreationTemplate } from '#lib/domain/templates/co-creation-template.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { startTimer } from '#lib/domain/timer.ts';
import type { ProjectView, ScreenView } from '#lib/protocol/live.ts';

import type { Picture } from './stage-page.ts';

const minute = 60_000;
const now = Date.UTC(2026, 4, 6, 18, 0);
const running = startTimer(10 * minute, now - 3 * minute);

const prompt: LocalizedText = {
	de: 'Wie können wir in unserer Gemeinde Orte schaffen, an denen sich Alt und Jung begegnen?',
	fr: 'Comment créer dans notre commune des lieux où jeunes et moins jeunes se rencontrent ?',
	lb: 'Wéi kënne mir an eiser Gemeng Plazen schafen, wou Al a Jonk sech begéinen?',
};
const longPrompt = coCreationTemplate.steps[1]?.prompt ?? {};
const questions: LocalizedText[] = [
	{ de: 'Wie kaufen wir näher ein, ohne dass es teurer wird?', fr: 'Comment acheter plus près sans payer plus cher ?' },
	{ de: 'Wie kommen wir ohne eigenes Auto durch den Alltag?', fr: 'Comment vivre au quotidien sans voiture à soi ?' },
	{ de: 'Was wird aus dem leeren Pfarrhaus?', fr: 'Que devient le presbytère vide ?' },
	{
		de: 'Wie gelingt Gemeinschaftsverpflegung mit Lebensmitteln aus der Region für Schulen, Heime und Kantinen?',
		fr: 'Comment réussir une restauration collective à base de produits régionaux dans les écoles et les cantines ?',
	},
];
const sheet = {
	dream: 'Was einer von uns besitzt, können alle brauchen. Niemand kauft eine Leiter für zwei Tage im Jahr.',
	proposal:
		'Ein Raum am Dorfplatz, in dem Werkzeug, Festbänke und Kinderräder stehen. Wer etwas braucht, trägt sich ein. Wer etwas hat, bringt es vorbei. Einmal in der Woche reparieren wir gemeinsam, was kaputt ist, und wer es nicht kann, lernt es dabei. Die Gemeinde gibt den Raum, der Verein die Versicherung, und die Schule baut die Regale mit den Kindern.',
};
const projects = (count: number): Record<string, ProjectView> =>
	Object.fromEntries(
		Array.from({ length: count }, (_, index) => [
			`p${String(index)}`,
			{
				slug: `p${String(index)}`,
				title:
					['Die Ausleihe am Dorfplatz', 'Gemeinschaftsverpflegungseinrichtungen der Region', 'Rufbus'][index % 3] ?? '',
				tableId: sampleTableId(index),
				ideas: 12,
				joined: 3,
				helping: 2,
				following: 8,
			},
		]),
	);

/** Ideas of citizens, the longest of them first. */
export async function citizensWords(): Promise<string[]> {
	const file = await readFile('server/demo/data/klimarat-production/comments.csv', 'utf8');
	const rows = z.array(z.object({ moderated: z.string(), 'comment-body': z.string() }));
	const words = rows
		.parse(parse(file, { columns: true }))
		.filter((row) => row.moderated === '1')
		.map((row) => row['comment-body'].trim());
	const longest = Math.max(...words.map((text) => text.length));
	return words.sort((a, b) => Number(b.length === longest) - Number(a.length === longest));
}

/** A result with everything that may stand on it. */
function closedWith(labels: readonly string[]): ScreenView['rounds'] {
	const optionIds = Object.keys(Object.values(sampleRound(labels))[0]?.options ?? {}) as OptionId[];
	return sampleRound(labels, {
		state: 'closed',
		published: true,
		tally: {
			dots: Object.fromEntries(optionIds.map((id, index) => [id, 20 - 2 * index])),
			voters: Object.fromEntries(optionIds.map((id, index) => [id, 15 - index])),
			ballots: 50,
			abstentions: 2,
		},
		decision: { optionIds: optionIds.slice(0, 1), reason: 'Weil es sofort geht.' },
	});
}

/** Every panel of a projector, with few and many of everything, by name. */
export function stagePictures(words: readonly string[]): Record<string, Picture> {
	const ideas = (count: number) => Array.from({ length: count }, (_, index) => words[index % words.length] ?? '');
	const picture = (layout: Picture['layout'], view: ScreenView, languages: Picture['languages'] = ['de', 'fr']) => {
		return { view, layout, languages, now };
	};
	const evening = (options: SampleOptions, changes: Partial<ScreenView> = {}): ScreenView => ({
		...sampleEvening({ prompt, questions, ...options }),
		timer: running,
		...changes,
	});
	const front = sampleTableId(3);
	const pitching = (changes: Partial<ScreenView> = {}): ScreenView => {
		const view = evening({ kind: 'pitch' }, changes);
		const order = [0, 3, 1, 2].map(sampleTableId);
		return { ...view, floor: { ...view.floor, pitches: { order, current: front, applause: { [front]: 148 } } } };
	};
	const announced = (text: LocalizedText): ScreenView => {
		const view = evening({ ideas: ideas(50) });
		return { ...view, floor: { ...view.floor, announcement: { text, at: now } } };
	};
	const options = words.slice(0, 8);
	const closed = closedWith(options);
	return {
		join: picture('join', evening({ kind: 'welcome' })),
		prompt: picture('prompt', evening({})),
		'prompt-timer-text': picture(
			'prompt',
			evening({}, { timer: { ...running, text: 'Jeder für sich, ohne zu sprechen' } }),
		),
		break: picture('auto', evening({ kind: 'break', prompt: { de: 'Pause', fr: 'Pause' } })),
		feedback: picture(
			'auto',
			evening({ kind: 'feedback', prompt: { de: 'Was nehmt ihr mit?', fr: 'Que retenez-vous ?' } }, { timer: null }),
		),
		closing: picture('auto', evening({ kind: 'closing', prompt: {} }, { timer: null })),
		...Object.fromEntries(
			[0, 5, 50, 500].map((count) => [`wall-${String(count)}`, picture('wall', evening({ ideas: ideas(count) }))]),
		),
		'wall-soon': picture('wall', evening({ ideas: ideas(50) }, { timer: startTimer(10 * minute, now - 8.2 * minute) })),
		'wall-urgent': picture(
			'wall',
			evening({ ideas: ideas(50) }, { timer: startTimer(10 * minute, now - 9.8 * minute) }),
		),
		'wall-over': picture('wall', evening({ ideas: ideas(50) }, { timer: startTimer(10 * minute, now - 11 * minute) })),
		...Object.fromEntries(
			[0, 5, 50, 500].map((count) => [
				`columns-${String(count)}`,
				picture('columns', evening({ kind: 'group', ideas: ideas(count), groups: 5 })),
			]),
		),
		'columns-many': picture('columns', evening({ kind: 'group', ideas: ideas(240), groups: 35 })),
		'wall-long-prompt': picture('wall', evening({ prompt: longPrompt, ideas: ideas(50) })),
		'prompt-long': picture('prompt', evening({ prompt: longPrompt })),
		idea: { ...picture('idea', evening({ ideas: ideas(5) })), ideaId: sampleIdeaId(1) },
		'idea-longest': { ...picture('idea', evening({ ideas: ideas(5) })), ideaId: sampleIdeaId(0) },
		'idea-280': {
			...picture('idea', evening({ ideas: [`${ideas(9).join(' ').slice(0, 279)}.`] })),
			ideaId: sampleIdeaId(0),
		},
		'idea-compound': {
			...picture('idea', evening({ ideas: ['Gemeinschaftsverpflegungseinrichtungsgenossenschaften gründen'] })),
			ideaId: sampleIdeaId(0),
		},
		'idea-none': picture('idea', evening({})),
		...Object.fromEntries(
			[1, 6, 7, 12, 25, 100].map((count) => [
				`map-${String(count)}`,
				picture('map', evening({ kind: 'sheet', tables: count })),
			]),
		),
		pitch: picture('pitch', pitching({ pitch: { tableId: front, sheet }, projects: projects(5) })),
		'pitch-no-project': picture('pitch', pitching({ pitch: { tableId: front, sheet: { proposal: sheet.proposal } } })),
		'pitch-bare': picture('pitch', pitching()),
		'pitch-queue': picture('pitch', {
			...pitching(),
			floor: {
				...pitching().floor,
				pitches: { order: [0, 3, 1, 2, 4].map(sampleTableId), current: null, applause: {} },
			},
		}),
		ballot: picture('auto', evening({ kind: 'vote' }, { rounds: sampleRound(options) })),
		poll: picture(
			'auto',
			evening(
				{},
				{ rounds: sampleRound(['Ja', 'Nein', 'Weiß nicht'], { kind: 'poll', title: 'Machen wir eine Pause?' }) },
			),
		),
		results: picture('results', evening({ kind: 'results' }, { rounds: closed })),
		'results-short': picture(
			'results',
			evening(
				{ kind: 'results' },
				{ rounds: closedWith(['Garten', 'Bänke', 'Rufbus', 'Markt', 'Café', 'Werkstatt', 'Chor']) },
			),
		),
		projects: picture('projects', evening({ kind: 'found' }, { projects: projects(5) })),
		'projects-one': picture('projects', evening({ kind: 'found' }, { projects: projects(1) })),
		'announcement-short': picture('wall', announced({ de: 'Das Essen ist da!', fr: 'Le repas est servi !' })),
		'announcement-long': picture(
			'wall',
			announced({
				de: `${'Bitte räumt die Gläser auf die Wagen bei der Tür und nehmt euren Tisch mit in den kleinen Saal. '.repeat(3).slice(0, 279)}.`,
				fr: `${'Merci de poser vos verres sur les chariots près de la porte et de rejoindre la petite salle. '.repeat(3).slice(0, 279)}.`,
			}),
		),
		'announcement-join': picture('join', announced({ de: 'Das Essen ist da!', fr: 'Le repas est servi !' })),
		'table-screen': picture('wall', evening({ ideas: ideas(9) }, { tableId: sampleTableId(2) })),
		offline: { ...picture('wall', evening({ ideas: ideas(50) })), offline: true },
	};
}
