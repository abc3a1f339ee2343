import type { PersonName } from './cast.ts';
import type { RecordedHall } from './hall.ts';
import type { Moment } from './moments.ts';
import { amongTable, atTable, everybody, everybodyInTheRoom, facilitators, onBoard, only, screens } from './readers.ts';
import { canary, type Permission, type Secret } from './secret.ts';

/** The secrets of the evening as far as it went, and who may know each of them when. */
export function secretsOf(hall: RecordedHall): Secret[] {
	const told = [...notes, ...draftsAndInbox, ...names, ...sheets, ...projects, ...reasons];
	return [...told, ...(hall.isPast('voting') ? votesOf(hall) : []), ...accessOf(hall)];
}

/** Where a live session names people. */
const amongPeople = /\/socket\.io\/.* (snapshot|patch)\/people\//;
const viaSocketOrDoor = /\/socket\.io\/.* me\/|\/by-code\//;

/** A snapshot holds what stood on the boards when it was taken. */
const lookingBack = facilitators({}, /\/snapshots\//);

const notes: readonly Secret[] = [
	named('open note', ['paul', 'tablet', 'claire', 'wall'], onBoard(1, from('collecting')), inVotesAndProject()),
	named("second table's note", ['sofia', 'mia', 'wall'], onBoard(2, from('collecting')), inVotesAndProject()),
	named("plenary's note", ['pedro', 'claire', 'wall'], everybodyInTheRoom(from('collecting'))),
	named(
		'first wording',
		['paul', 'anna'],
		onBoard(1, { from: 'collecting', until: 'rewording' }),
		onBoard(1, from('restoring')),
		lookingBack,
	),
	named('second wording', ['paul', 'nora'], onBoard(1, { from: 'rewording', until: 'restoring' }), lookingBack),
	named(
		'withdrawn note',
		['paul', 'anna'],
		onBoard(1, { from: 'collecting', until: 'rewording' }),
		only('anna'),
		lookingBack,
	),
	named('note of a snapshot', ['claire'], facilitators(from('collecting'))),
	note('held note', ['paul', 'felix', 'wall'], 'anna', 1, 'the commit goes through'),
	named('failing note', []),
	named(
		'note to be hidden',
		['paul', 'tablet', 'wall', 'anna'],
		onBoard(1, { from: 'collecting', until: 'hiding a note' }),
		only('anna'),
		facilitators(from('hiding a note'), /\/socket\.io\/.* (snapshot|patch)\/inbox\/|\/snapshots\/|\/ideas\.csv|\/log/),
		onBoard(1, from('restoring')),
	),
	note('anonymous note', ['anna', 'nora', 'wall'], 'wanda', 1, 'hidden names'),
	named(
		'note among the table',
		['paul', 'tablet', 'tableScreen', 'claire', 'wall'],
		amongTable(1, { from: 'among the table', until: 'restoring' }),
		everybodyInTheRoom({ from: 'before the room', until: 'restoring' }),
		facilitators(from('among the table')),
	),
	named(
		'note in the light',
		['anna', 'tableScreen', 'ravi', 'wall'],
		only('paul'),
		amongTable(1, { from: 'among the table', until: 'restoring' }),
		everybodyInTheRoom({ from: 'before the room', until: 'restoring' }),
		facilitators(from('among the table')),
	),
	named(
		'harvested note',
		['anna', 'claire', 'wall', 'pedro'],
		only('wanda'),
		amongTable(1, { from: 'among the table', until: 'restoring' }),
		everybodyInTheRoom({ from: 'before the room', until: 'restoring' }),
		facilitators(from('among the table')),
	),
	named(
		'merged note',
		['ravi', 'claire'],
		only('ravi'),
		amongTable(2, { from: 'among the table', until: 'before the room' }),
		facilitators(from('among the table')),
	),
	note('note without a trace', ['anna', 'wall'], 'wanda', 1, 'without a trace'),
	note('note on her heels', ['paul', 'anna'], 'anna', 1, 'changing tables'),
	note('note after the change', ['paul', 'nora'], 'anna', 1, 'after the change of tables'),
	note("note at Mia's new table", ['mia', 'tom'], 'ravi', 2, 'after the change of tables'),
	note('note after the block', ['paul'], 'anna', 1, 'after the block'),
	note('note after they left', ['paul'], 'anna', 1, 'after they left'),
	note("second table's note after they left", ['tom'], 'ravi', 2, 'after they left'),
];

const draftsAndInbox: readonly Secret[] = [
	named(
		'silent note',
		['paul', 'anna', 'tablet', 'wall', 'visitor'],
		only('paul'),
		onBoard(1, { from: 'the reveal', until: 'unpublishing' }),
		everybody({ from: 'founding', until: 'unpublishing' }),
		facilitators(from('unpublishing')),
	),
	note("tablet's silent note", ['tablet', 'anna', 'wall'], 'tablet', 1, 'the reveal'),
	named('regretted note', ['wanda'], only('wanda')),
	named('last draft', ['paul', 'anna', 'wall'], only('paul'), onBoard(1, from('the end'))),
	named(
		'note for the board',
		['sofia', 'ravi', 'wall', 'claire'],
		only('sofia'),
		facilitators(from('the inbox')),
		onBoard(2, { from: 'clearing the inbox', until: 'unpublishing' }),
		// Words that are taken down are gone from the votes, too.
		everybodyInTheRoom({ from: 'voting', until: 'unpublishing' }),
	),
	named('note in the inbox', ['sofia', 'claire', 'denis'], only('sofia'), facilitators(from('the inbox'))),
	named('refused note', ['sofia', 'claire'], only('sofia'), facilitators(from('the inbox'))),
	named('note in the inbox after they left', ['sofia', 'claire'], only('sofia'), facilitators(from('after they left'))),
];

const names: readonly Secret[] = [
	// She wrote with her name, and her caret carries it.
	named("Anna's name", ['paul', 'claire', 'anna'], atTable(1)),
	named(
		"Paul's name",
		['paul', 'claire', 'anna', 'tablet'],
		only('paul', {}, viaSocketOrDoor),
		facilitators({}, amongPeople),
		asHost(atTable(1, from('among the table'))),
	),
	...(['Wanda', 'Sofia'] as const).map((name) => {
		const self = name.toLowerCase() as 'wanda' | 'sofia';
		return named(`${name}'s name`, [self, 'claire'], only(self, {}, viaSocketOrDoor), facilitators({}, amongPeople));
	}),
	{
		name: 'language of the anonymous note',
		trace: { kind: 'value', value: 'pt', beside: [canary('anonymous note')] },
		allowed: facilitators({}, /\/snapshots\/|\/report|\/inbox\//),
		certainlyAt: ['claire'],
	},
	named("Wanda's second name", ['wanda', 'claire'], only('wanda', {}, viaSocketOrDoor), facilitators({}, amongPeople)),
];

const sheets: readonly Secret[] = [
	dream('held words', ['paul', 'tablet', 'visitor'], 'the words go through'),
	dream('words on her heels', ['anna'], 'changing tables'),
	named('words on the sheet', ['anna', 'nora'], atTable(1, from('on the sheet')), everybody(from('founding'))),
	named('words struck out', ['anna'], atTable(1, { from: 'on the sheet', until: 'striking words out' })),
	named(
		"words on the second table's sheet",
		['ravi', 'wall'],
		atTable(2, from('on the sheet')),
		screens({ from: 'the pitch', until: 'the pitch' }),
		only('tableScreen', { from: 'the pitch', until: 'the pitch' }),
	),
	named(
		'words after the change',
		['paul'],
		atTable(1, from('after the change of tables')),
		everybody(from('founding')),
	),
	named('words after the block', ['paul'], atTable(1, from('after the block')), everybody(from('founding'))),
];

const projects: readonly Secret[] = [
	named('public project', ['anna', 'pedro', 'visitor', 'wall'], everybody(from('founding'))),
	named(
		'withdrawn project',
		['claire', 'anna', 'visitor'],
		everybody({ from: 'founding', until: 'unpublishing' }),
		facilitators(from('unpublishing')),
		// Those who were shown it are told which one is to go.
		everybodyInTheRoom(from('unpublishing'), /\/socket\.io\/.* patch\/projects\/[^/]+$/),
	),
	named(
		"withdrawn project's summary",
		['claire', 'visitor'],
		everybody({ from: 'founding', until: 'unpublishing' }),
		facilitators(from('unpublishing')),
	),
	named("helper's name", ['claire'], facilitators(from('founding'))),
	named("helper's address", ['claire'], facilitators(from('founding'))),
];

const reasons: readonly Secret[] = [
	named('reason of a refusal', ['sofia', 'claire'], only('sofia'), facilitators(from('clearing the inbox'))),
	named('reason of a hiding', ['anna', 'claire'], only('anna'), facilitators(from('hiding a note'))),
	named('reason of a block', ['claire'], facilitators(from('blocking'), /\/log/)),
];

function votesOf(hall: RecordedHall): Secret[] {
	const option = (vote: string, number: number) => hall.fact(`${vote}, option ${number}`);
	const ballot = (voter: 'anna' | 'paul' | 'ravi' | 'tom', vote: string, number: number, value: number): Secret => ({
		name: `ballot of ${voter} in the ${vote}`,
		trace: { kind: 'value', value, beside: [option(vote, number)] },
		allowed: only(voter, { from: 'voting', until: 'voting' }),
		certainlyAt: [voter],
	});
	const tally = (
		vote: string,
		number: number,
		note: string,
		value: number,
		certainlyAt: readonly string[],
		...allowed: Permission[][]
	): Secret => ({
		name: `tally of the ${vote}, option ${number}`,
		trace: { kind: 'value', value, beside: [option(vote, number), canary(vote), canary(note)] },
		allowed: allowed.flat(),
		certainlyAt,
	});
	const counted = facilitators(from('counting'));
	const shown = [everybodyInTheRoom(from('showing the result')), everybody(from('founding'))];
	return [
		ballot('anna', 'shown vote', 1, 37),
		ballot('paul', 'shown vote', 2, 3),
		ballot('ravi', 'small vote', 1, 41),
		ballot('tom', 'small vote', 2, 19),
		ballot('anna', 'kept vote', 1, 23),
		tally('shown vote', 1, 'open note', 53, ['claire', 'anna', 'wall', 'visitor'], counted, ...shown),
		tally('shown vote', 2, "second table's note", 32, ['claire', 'anna', 'wall', 'visitor'], counted, ...shown),
		tally('small vote', 1, "second table's note", 43, []),
		tally('small vote', 2, 'note for the board', 26, []),
		tally('kept vote', 1, 'open note', 31, ['claire'], counted),
	];
}

/** What leads to a person, or lets somebody in. */
function accessOf(hall: RecordedHall): Secret[] {
	const session = hall.cast.anna.guest.client.cookies.get('boost_guest');
	if (session === undefined) throw new Error('Anna has no session');
	return [
		secret("Anna's session", [session], ['anna'], only('anna', {}, /\/join/)),
		secret(
			'which person Anna is',
			[hall.fact('anna')],
			['anna', 'claire'],
			only('anna'),
			facilitators({}, amongPeople),
		),
		{
			// A number that grows when a note without a name appears would name its author.
			name: 'when Anna writes',
			trace: { kind: 'field', word: hall.fact('anna'), path: new RegExp(`^patch/people/${hall.fact('anna')}/ideas$`) },
			allowed: facilitators({ until: 'a commit fails' }),
			certainlyAt: ['claire'],
		},
		secret("Anna's browser", [hall.fact('browser of anna')], []),
		secret("the tablet's secret", [hall.fact('secret of tablet')], ['tablet'], only('tablet', {}, /\/pairings/)),
		...(hall.isPast('without a trace') ? [secret('key of a note', [hall.fact('key of a note')], [])] : []),
		...(hall.isPast('founding')
			? [secret("helper's link", [hall.fact("helper's link")], ['visitor'], only('visitor', {}, /\/members/))]
			: []),
		named("Claire's address", ['claire', 'denis'], facilitators()),
		named("Claire's password", []),
	];
}

function from(moment: Moment): { from: Moment } {
	return { from: moment };
}

/** What is put to the vote, all who take part are told; what a public project grew out of, everybody. */
function inVotesAndProject(): Permission[] {
	return [...everybodyInTheRoom(from('voting')), ...everybody(from('founding'))];
}

/** People and tablets of a table are told what its host is called. */
function asHost(table: readonly Permission[]): Permission[] {
	return table.map((permission) => ({ ...permission, where: /\/socket\.io\/.* me\/hostName$/ }));
}

/** A note of somebody at a table, published from a moment on, until the boards are restored to what they were before. */
function note(name: string, certainlyAt: readonly string[], author: PersonName, table: 1 | 2, moment: Moment): Secret {
	const onTheBoard = onBoard(table, { from: moment, until: 'restoring' });
	return named(name, certainlyAt, only(author), onTheBoard, facilitators(from(moment)));
}

/** Words under the first table's dream, which the restore brings back to what it was. */
function dream(name: string, certainlyAt: readonly string[], moment: Moment): Secret {
	const onThePage = everybody({ from: 'founding', until: 'restoring' });
	return named(name, certainlyAt, atTable(1, { from: moment, until: 'restoring' }), onThePage, lookingBack);
}

/** A secret that its canary stands for. */
function named(name: string, certainlyAt: readonly string[], ...allowed: readonly (readonly Permission[])[]): Secret {
	return secret(name, [canary(name)], certainlyAt, ...allowed);
}

function secret(
	name: string,
	words: readonly string[],
	certainlyAt: readonly string[],
	...allowed: readonly (readonly Permission[])[]
): Secret {
	return { name, trace: { kind: 'words', words }, allowed: allowed.flat(), certainlyAt };
}
